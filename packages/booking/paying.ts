import type { ProblemCode } from '#packages/errors/registry.ts'
import { bookingFee } from '#packages/fares/booking-fee.ts'
import type { PayWay } from '#packages/payments/states.ts'
import { paymentDeadline } from './payment-deadline.ts'

/** How somebody would pay for seats. */
export interface Paying {
  /** Whole minor units. Nobody pays for nothing: such a booking counts as one in cash. */
  fareAmount: number
  /** Null: in cash where the route takes it, else online. */
  wanted: PayWay | null
  /** What the platform takes of who pays online, its tax included, minor units; null: nobody can pay online now. */
  onlineFee: number | null
  /** Until when the seats would be held for the payment. */
  payBy: Date
}

/** @param now Unix milliseconds, as is `departsAt` */
export function choosePaying(
  { fareAmount, departsAt }: { fareAmount: number; departsAt: number },
  wanted: PayWay | null,
  takesPayments: boolean,
  now: number,
): Paying {
  const onlineFee = takesPayments ? bookingFee(fareAmount).total : null
  return { fareAmount, wanted, onlineFee, payBy: new Date(paymentDeadline(now, departsAt)) }
}

/** Why the seats of a route cannot be paid for in this way; undefined: they can. */
export function refusalOfPaying(paying: Paying, cashAccepted: boolean): ProblemCode | undefined {
  const { fareAmount, wanted, onlineFee } = paying
  if (fareAmount === 0) return undefined
  const way = wanted ?? (cashAccepted ? 'cash' : 'online')
  if (way === 'cash') return cashAccepted ? undefined : 'cash_not_accepted'
  return onlineFee === null ? 'online_payment_unavailable' : undefined
}
