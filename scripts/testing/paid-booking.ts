import { sql } from 'drizzle-orm'
import type { Db } from '../../db/client.ts'
import { issueCreditNote, issueReceipt } from '../../db/queries/receipts/issue-receipt.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newPerson, newRide } from './open-world.ts'

/** What was paid for it, paise: fare, fee without tax, tax. */
export const paid = { amount: 25_900, fare: 25_000, fee: 763, tax: 137 }

export interface PaidBooking {
  bookingId: string
  orderId: string
  passengerId: string
  driverId: string
}

/** A confirmed booking from Bengaluru to Mandya, an hour from now, with the order that was paid for it; its payments are for the test to write. */
export async function paidBooking(db: Db, now: Date): Promise<PaidBooking> {
  const [{ rideId, driverId }, passengerId] = [await newRide(db, now, 2), await newPerson(db, now)]
  const [bookingId, orderId] = [uuidv7(), uuidv7()]
  const soon = new Date(now.getTime() + 3600_000)
  await db.execute(sql`insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state, pickup_lat, pickup_lng,
      pickup_at, dropoff_lat, dropoff_lng, dropoff_at, fare_amount, fee_amount, pay_with, currency, created_at, updated_at)
    values (${bookingId}, ${uuidv7()}, ${rideId}, ${passengerId}, 1, 0, 1, 'confirmed', 12.97, 77.59, ${soon}, 12.52, 76.9, ${soon},
      ${paid.fare}, ${paid.fee + paid.tax}, 'online', 'INR', ${now}, ${now})`)
  await db.execute(sql`insert into payment_orders (id, booking_id, payer_id, amount, currency, state, gateway_order_id, created_at, updated_at)
    values (${orderId}, ${bookingId}, ${passengerId}, ${paid.amount}, 'INR', 'paid', ${`order_${orderId}`}, ${now}, ${now})`)
  return { bookingId, orderId, passengerId, driverId }
}

/** The payment of such a booking, with its receipt; returns its id. */
export async function payFor(
  db: Db,
  { bookingId, orderId }: PaidBooking,
  now: Date,
  method: string | null = 'upi',
): Promise<string> {
  const id = uuidv7(now.getTime())
  await db.execute(sql`with taken as (
      insert into payments (id, order_id, booking_id, gateway_payment_id, amount, captured, state, method, captured_at, created_at,
        updated_at)
      values (${id}, ${orderId}, ${bookingId}, ${`pay_${id}`}, ${paid.amount}, ${paid.amount}, 'captured', ${method}, ${now}, ${now}, ${now})
      returning *
    ), due as (
      select id as payment_id, amount, ${paid.fare}::int as fare_amount, ${paid.fee}::int as fee_amount,
        ${paid.tax}::int as tax_amount from taken
    ), ${issueReceipt('due', now)} select 1`)
  return id
}

/** Gives a part of the fare back, with its credit note; returns the refund's id. */
export async function giveBack(db: Db, paymentId: string, amount: number, now: Date): Promise<string> {
  const id = uuidv7(now.getTime())
  await db.execute(sql`with given as (
      insert into refunds (id, payment_id, booking_id, amount, cause, bearer, state, created_at, updated_at)
      select ${id}::uuid, id, booking_id, ${amount}::int, 'goodwill', 'platform', 'processed', ${now}::timestamptz, ${now}::timestamptz
      from payments where id = ${paymentId} returning *
    ), due as (
      select payment_id, id as refund_id, amount, amount as fare_amount, 0 as fee_amount, 0 as tax_amount from given
    ), ${issueCreditNote('due', now)} select 1`)
  return id
}

/** Somebody who works as this. */
export async function newStaff(db: Db, role: string, now: Date): Promise<string> {
  const id = await newPerson(db, now)
  await db.execute(
    sql`insert into staff_roles (user_id, role, granted_by, granted_at) values (${id}, ${role}, ${id}, ${now})`,
  )
  return id
}
