import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { post } from '#db/queries/ledger/post.ts'
import type { BookingState } from '#packages/booking/states.ts'
import { taxWithin } from '#packages/fares/booking-fee.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { type Posting, postCapture, postRefund, postSettlement } from '#packages/ledger/postings.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'

const HOUR_MS = 3600_000

/** Posts to the ledger as what it is about would. */
export async function writePosting(
  db: Db,
  posting: Posting,
  at: Date,
  of: { reference?: string; bookingId?: string } = {},
): Promise<void> {
  const { reference = uuidv7(), bookingId = null } = of
  const posted = post('source', posting, { id: uuidv7(at.getTime()), reference, bookingId }, at)
  await db.execute(sql`with source as (select 1), ${posted} select 1`)
}

/** Drives rides for one driver, and has their bookings paid, settled and refunded; each at its own time. */
export async function openEarningsWorld(db: Db) {
  const [began, year] = [new Date('2026-10-01T00:00:00Z'), 365 * 24 * HOUR_MS]
  const departsAt = new Date(began.getTime() + year)
  const pattern = { bookingMode: 'instant', legs: 2, capacity: 4, departsAt } as const
  const first = await newRide(db, pattern, began)
  const { driverId } = first

  return {
    driverId,
    /** A ride that was driven and ended then; returns its id. */
    drive: async (endedAt: Date): Promise<string> => {
      const [id, departed] = [uuidv7(endedAt.getTime()), new Date(endedAt.getTime() - HOUR_MS)]
      await db.execute(sql`insert into rides (id, route_id, driver_id, vehicle_id, departs_at, arrives_at, status,
          started_at, ended_at, created_at)
        select ${id}::uuid, route_id, driver_id, vehicle_id, ${departed}::timestamptz, ${endedAt}::timestamptz, 'completed',
          ${departed}::timestamptz, ${endedAt}::timestamptz, ${began}::timestamptz
        from rides where id = ${first.rideId}`)
      return id
    },
    /** A booking of somebody new on a ride; returns its id and theirs. */
    book: async (
      rideId: string,
      booking: { state: BookingState; payWith: 'cash' | 'online'; fare: number; fee?: number },
    ) => {
      const [id, [passengerId = '']] = [uuidv7(), await newPeople(db, 1, began)]
      await db.execute(sql`insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
          pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at, fare_amount, fee_amount, pay_with,
          expires_at, currency, created_at, updated_at)
        values (${id}, ${uuidv7()}, ${rideId}, ${passengerId}, 1, 0, 2, ${booking.state}, 13, 77.6, ${began}, 13, 77.7, ${began},
          ${booking.fare}, ${booking.fee ?? 0}, ${booking.payWith},
          ${booking.state === 'pending' ? began : null}, 'INR', ${began}, ${began})`)
      return { bookingId: id, passengerId }
    },
    /** What was paid for a booking comes in, and what is kept of it is the driver's and the platform's. */
    settle: async (
      booking: { bookingId: string; passengerId: string },
      fareKept: number,
      feeKept: number,
      at: Date,
    ) => {
      const { bookingId, passengerId } = booking
      await writePosting(db, postCapture({ passengerId, amount: fareKept + feeKept, gatewayFee: 0 }), began, {
        bookingId,
      })
      const end = { passengerId, driverId, fareKept, feeKept, tax: taxWithin(feeKept), at: at.getTime() }
      await writePosting(db, postSettlement(end), at, { bookingId })
    },
    /** Somebody of the staff gives money back that the driver has. */
    takeBack: (bookingId: string, amount: number, at: Date) =>
      writePosting(db, postRefund({ account: 'driver', ownerId: driverId }, amount), at, { bookingId }),
  }
}
