import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, writeLocked } from '#db/client.ts'
import { lockRideOf } from '#db/queries/seats/lock-ride.ts'
import { nextCheck } from '#packages/payments/limits.ts'
import { openOrderStates } from '#packages/payments/states.ts'
import { OrderRow, ordersWhere } from './order-view.ts'

/** Whose booking is to be paid, and the id of its order where it has none. */
export interface NewOrder {
  id: string
  bookingId: string
  payerId: string
}

/**
 * The order by which a booking is paid, for what it costs: the open one, or a new one that the gateway has not heard of. Undefined:
 * it is not theirs, not waiting for a payment, paid though its ride takes nobody any more, or its seats are held no longer.
 */
export function openOrder(
  db: Db,
  { id, bookingId, payerId }: NewOrder,
  now: Date,
): Promise<OrderRow | undefined> {
  const firstCheck = new Date(nextCheck(now.getTime(), now.getTime()) ?? now)
  const write = sql`with due as (
      select id, fare_amount + fee_amount as amount, currency from bookings
      where id = ${bookingId} and passenger_id = ${payerId} and state = 'unpaid' and expires_at > ${now}
        and not exists (select 1 from payments where booking_id = bookings.id and state = 'captured')
    ), made as (
      insert into payment_orders (id, booking_id, payer_id, amount, currency, state, created_at, updated_at, check_at)
      select ${id}::uuid, id, ${payerId}::uuid, amount, currency, 'new', ${now}::timestamptz, ${now}::timestamptz,
        ${firstCheck}::timestamptz from due
      on conflict (booking_id) where state in ('new', 'open') do nothing
    )
    select id from due`
  const view = ordersWhere(
    sql`payment_order.booking_id = ${bookingId} and payment_order.state in ${openOrderStates}`,
  )
  return writeLocked(db, { before: [lockRideOf(bookingId)], write, view }, OrderRow)
}

/**
 * Keeps what the gateway calls an order; of several that ask at once the first. Returns what is kept. Undefined: there is no
 * such order.
 */
export async function keepGatewayOrder(
  db: Db,
  id: string,
  gatewayOrderId: string,
  now: Date,
): Promise<string | undefined> {
  const kept = await readRow(
    db,
    sql`update payment_orders set gateway_order_id = coalesce(gateway_order_id, ${gatewayOrderId}), updated_at = ${now},
        state = case state when 'new' then 'open' else state end
      where id = ${id}
      returning gateway_order_id as "gatewayOrderId"`,
    z.object({ gatewayOrderId: z.string() }),
  )
  return kept?.gatewayOrderId
}
