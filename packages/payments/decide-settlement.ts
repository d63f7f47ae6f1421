import { type EndedBooking, endedAt, settleEnded } from '#packages/refunds/settle-ended.ts'
import { type EndedPayment, type PaymentSettlement, settlePayment } from './settle-payment.ts'

/** A captured payment and its booking, which has ended. Amounts are whole paise. */
export interface UnsettledPayment
  extends Omit<EndedBooking, 'fareAmount'>,
    Pick<EndedPayment, 'passengerId' | 'driverId' | 'captured' | 'goodwill'> {
  /** The booking was paid already. */
  surplus: boolean
  refunded: number
}

/**
 * What a payment comes to: of a surplus everything goes back, of a ride that was driven nothing, of a booking that ended before
 * what its policy says of what was paid.
 * @throws RangeError for amounts that do not go together
 */
export function decideSettlement(payment: UnsettledPayment): PaymentSettlement {
  const { surplus, captured, refunded, feeAmount, passengerId, driverId, goodwill } = payment
  if (surplus) return { posting: null, refund: captured - refunded }
  const ending = settleEnded({ ...payment, fareAmount: captured - feeAmount })
  const back = (item: 'fare' | 'fee') =>
    ending?.lines.find((line) => line.item === item && line.outcome === 'refunded')?.amount ?? 0
  return settlePayment({
    ...{ passengerId, driverId, captured, feeAmount, goodwill, fareBack: back('fare'), feeBack: back('fee') },
    // What is kept of a ride that was not driven is held as long as if it had been.
    at: Math.max(endedAt(payment), payment.pickupAt.getTime()),
  })
}
