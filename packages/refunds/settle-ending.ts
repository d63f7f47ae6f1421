import type { CancellationRule } from './cancellation-rule.ts'

/** Why so much comes back. */
export const refundReasons = [
  'not_accepted',
  'driver_cancelled',
  'ride_changed',
  'early',
  'late',
  'no_show',
] as const
export type RefundReason = (typeof refundReasons)[number]

/** How a booking ends before it is ridden. Amounts are whole minor units, instants Unix milliseconds. */
export interface Ending {
  rule: CancellationRule
  fareAmount: number
  /** What the platform takes for booking. */
  feeAmount: number
  /** Whether it was confirmed before it ended. */
  accepted: boolean
  /** Who ends it; `absence`: the passenger did not come. */
  cause: 'passenger' | 'driver' | 'absence'
  /** Whether the driver changed the ride materially after it was booked. */
  rideChanged: boolean
  at: number
  /** When this passenger would have been picked up. */
  pickupAt: number
}

/**
 * A part of what was paid. What is refunded goes to the passenger and is borne by who would have had it: the driver the
 * fare, the platform the fee. What is kept is borne by the passenger.
 */
export interface RefundLine {
  item: 'fare' | 'fee'
  outcome: 'refunded' | 'kept'
  /** Whole minor units, more than 0. */
  amount: number
  bearer: 'passenger' | 'driver' | 'platform'
}

export interface Settlement {
  reason: RefundReason
  refund: number
  kept: number
  /** Add up to exactly the fare and the fee. */
  lines: RefundLine[]
}

/**
 * What comes back of what was paid: all of it before the driver has accepted, and when the driver cancels or has changed
 * the ride; the fare but not the fee while the pickup is far enough; after that a share of the fare; nothing to
 * who did not come.
 * @throws RangeError for amounts that are not whole or are negative
 */
export function settleEnding(ending: Ending): Settlement {
  const { fareAmount, feeAmount } = ending
  for (const amount of [fareAmount, feeAmount])
    if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError(`${amount} is no amount`)
  const reason = reasonOf(ending)
  const fareBack = fareBackFor(reason, ending)
  const feeBack = isPassengersDoing(reason) ? 0 : feeAmount
  const lines: RefundLine[] = [
    { item: 'fare', outcome: 'refunded', amount: fareBack, bearer: 'driver' },
    { item: 'fare', outcome: 'kept', amount: fareAmount - fareBack, bearer: 'passenger' },
    { item: 'fee', outcome: 'refunded', amount: feeBack, bearer: 'platform' },
    { item: 'fee', outcome: 'kept', amount: feeAmount - feeBack, bearer: 'passenger' },
  ]
  const refund = fareBack + feeBack
  const kept = fareAmount + feeAmount - refund
  return { reason, refund, kept, lines: lines.filter(({ amount }) => amount > 0) }
}

function reasonOf({ accepted, cause, rideChanged, at, pickupAt, rule }: Ending): RefundReason {
  if (!accepted) return 'not_accepted'
  if (cause === 'driver') return 'driver_cancelled'
  if (cause === 'absence') return 'no_show'
  if (rideChanged) return 'ride_changed'
  return pickupAt - at > rule.freeSecondsBefore * 1000 ? 'early' : 'late'
}

const isPassengersDoing = (reason: RefundReason) =>
  reason === 'early' || reason === 'late' || reason === 'no_show'

function fareBackFor(reason: RefundReason, { fareAmount, rule }: Ending): number {
  if (reason === 'no_show') return 0
  if (reason !== 'late') return fareAmount
  const kept = fareAmount - Math.round(fareAmount * rule.lateShare)
  return fareAmount - Math.min(kept, rule.lateKeptAtMost ?? kept)
}
