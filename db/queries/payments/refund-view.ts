import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { refundBearers, refundCauses, refundStates } from '#packages/payments/states.ts'

/** A refund with what has to be known of its payment; amounts are whole paise. */
export const RefundRow = z.object({
  id: z.string(),
  paymentId: z.string(),
  gatewayPaymentId: z.string(),
  bookingId: z.string(),
  passengerId: z.string(),
  driverId: z.string(),
  amount: z.number(),
  cause: z.enum(refundCauses),
  bearer: z.enum(refundBearers),
  state: z.enum(refundStates),
  gatewayRefundId: z.string().nullable(),
  /** How often it was sent or asked after. */
  attempts: z.number(),
  createdAt: z.coerce.date(),
})
export type RefundRow = z.infer<typeof RefundRow>

/** Reads RefundRows of the refunds, rows of `refund`, for which this holds; the oldest first. */
export const refundsWhere = (condition: SQL): SQL =>
  sql`select refund.id, refund.payment_id as "paymentId", payment.gateway_payment_id as "gatewayPaymentId",
      refund.booking_id as "bookingId", booking.passenger_id as "passengerId", ride.driver_id as "driverId",
      refund.amount, refund.cause, refund.bearer, refund.state, refund.gateway_refund_id as "gatewayRefundId",
      refund.attempts, refund.created_at as "createdAt"
    from refunds refund
    join payments payment on payment.id = refund.payment_id
    join bookings booking on booking.id = refund.booking_id
    join rides ride on ride.id = booking.ride_id
    where ${condition} order by refund.id`
