import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { confirmPaid } from '#db/queries/bookings/confirm-paid.ts'
import { OrderRow, ordersWhere } from '#db/queries/payments/order-view.ts'
import { takePayment } from '#db/queries/payments/take-payment.ts'
import { lockRideOfPayer } from '#db/queries/seats/lock-ride.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { GatewayPayment } from '#packages/payments/payment-port.ts'

const PaidRow = z.object({ id: z.string(), state: z.enum(bookingStates) })

/** Takes in that a booking is paid, and nothing of the money; `retake`: though its hold is over. */
export function payFor(
  db: Db,
  bookingId: string,
  options: { retake: boolean },
  now: Date,
): Promise<z.infer<typeof PaidRow> | undefined> {
  const write = sql`with source as (select ${bookingId}::uuid as booking_id), ${confirmPaid('source', options, now)}
    select id, state from paid_booking`
  return readRowLocked(db, lockRideOfPayer(bookingId), write, PaidRow)
}

/** Takes in a payment for an order that was made in time, as the gateway tells of it. Undefined: the booking is not to be paid online. */
export async function captureFor(db: Db, bookingId: string, now: Date): Promise<string | undefined> {
  const id = uuidv7(now.getTime())
  await db.execute(sql`insert into payment_orders
      (id, booking_id, payer_id, amount, currency, state, gateway_order_id, created_at, updated_at)
    select ${id}::uuid, id, passenger_id, fare_amount + fee_amount, currency, 'open', ${`order_${id}`}, ${now}::timestamptz,
      ${now}::timestamptz
    from bookings where id = ${bookingId} and pay_with = 'online'
      and not exists (select 1 from payment_orders where booking_id = ${bookingId})
    on conflict do nothing`)
  const order = await readRow(db, ordersWhere(sql`payment_order.booking_id = ${bookingId}`), OrderRow)
  if (!order) return undefined
  const payment: GatewayPayment = {
    ...{ id: `pay_${uuidv7(now.getTime())}`, orderId: order.gatewayOrderId, amount: order.amount },
    ...{ currency: 'INR', fee: 0, refunded: 0, method: 'upi', failure: null },
    state: 'captured',
  }
  return takePayment(db, { order, payment }, now)
}
