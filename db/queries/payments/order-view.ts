import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { bookingStates } from '#packages/booking/states.ts'
import { orderStates } from '#packages/payments/states.ts'

/** An order with what has to be known of its booking; amounts are whole paise. */
export const OrderRow = z.object({
  id: z.string(),
  bookingId: z.string(),
  payerId: z.string(),
  amount: z.number(),
  currency: z.string(),
  state: z.enum(orderStates),
  gatewayOrderId: z.string().nullable(),
  createdAt: z.coerce.date(),
  bookingState: z.enum(bookingStates),
  /** Of the booking, in the amount. */
  feeAmount: z.number(),
  /** Until when the seats are held for the payment; null once they are not. */
  expiresAt: z.coerce.date().nullable(),
  departsAt: z.coerce.date(),
})
export type OrderRow = z.infer<typeof OrderRow>

const orderView = sql`select payment_order.id, payment_order.booking_id as "bookingId", payment_order.payer_id as "payerId",
    payment_order.amount, payment_order.currency, payment_order.state,
    payment_order.gateway_order_id as "gatewayOrderId", payment_order.created_at as "createdAt",
    booking.state as "bookingState", booking.fee_amount as "feeAmount", ride.departs_at as "departsAt",
    case booking.state when 'unpaid' then booking.expires_at end as "expiresAt"
  from payment_orders payment_order
  join bookings booking on booking.id = payment_order.booking_id
  join rides ride on ride.id = booking.ride_id`

/** Reads OrderRows of the orders, rows of `payment_order`, for which this holds; the oldest first. */
export const ordersWhere = (condition: SQL): SQL =>
  sql`${orderView} where ${condition} order by payment_order.id`

/** An order that this person is to pay. */
export function loadOrder(db: Db, id: string, payerId: string): Promise<OrderRow | undefined> {
  return readRow(
    db,
    ordersWhere(sql`payment_order.id = ${id} and payment_order.payer_id = ${payerId}`),
    OrderRow,
  )
}

/** The order that the gateway knows by this id. */
export function findOrder(db: Db, gatewayOrderId: string): Promise<OrderRow | undefined> {
  return readRow(db, ordersWhere(sql`payment_order.gateway_order_id = ${gatewayOrderId}`), OrderRow)
}

/** These orders, the oldest first. */
export function loadOrders(db: Db, ids: readonly string[]): Promise<OrderRow[]> {
  return readRows(db, ordersWhere(sql`payment_order.id in ${idList(ids)}`), OrderRow)
}
