import type { AccountKind, TransactionKind } from './kinds.ts'

/** What a transaction moves on one account, whole paise: above nothing the account has or is owed more. */
export interface LedgerLine {
  account: AccountKind
  /** Of an account that somebody owns. */
  ownerId?: string
  amount: number
  /** A credit of a wallet that can be withdrawn only from then on, Unix milliseconds. */
  availableAt?: number
}

/** A transaction of the ledger: its lines add up to nothing. */
export interface Posting {
  kind: TransactionKind
  lines: LedgerLine[]
}

/** How long what a ride paid is kept before it can be withdrawn. */
export const HOLD_MS = 24 * 3600_000

/**
 * A posting of these lines, without those that move nothing.
 * @throws RangeError for lines that do not add up to nothing, or amounts that are no safe whole numbers
 */
function posting(kind: TransactionKind, lines: readonly LedgerLine[]): Posting {
  if (!lines.every(({ amount }) => Number.isSafeInteger(amount)))
    throw new RangeError(`${kind}: no whole paise`)
  if (lines.reduce((sum, { amount }) => sum + amount, 0) !== 0) throw new RangeError(`${kind} does not balance`)
  return { kind, lines: lines.filter(({ amount }) => amount !== 0) }
}

/** A payment came in: the gateway keeps its fee of it, and the whole is kept for the passenger until it is earned or given back. */
export function postCapture(payment: { passengerId: string; amount: number; gatewayFee: number }): Posting {
  const { passengerId, amount, gatewayFee } = payment
  return posting('capture', [
    { account: 'passenger', ownerId: passengerId, amount },
    { account: 'gateway', amount: gatewayFee - amount },
    { account: 'costs', amount: -gatewayFee },
  ])
}

/** A booking came to its end: what is kept of it is the driver's, held for a while, the platform's and the state's. */
export function postSettlement(end: {
  passengerId: string
  driverId: string
  /** What of the fare, and of the fee with its tax, is kept. */
  fareKept: number
  feeKept: number
  /** The tax in `feeKept`. */
  tax: number
  /** When it ended, Unix milliseconds. */
  at: number
}): Posting {
  const { passengerId, driverId, fareKept, feeKept, tax, at } = end
  return posting('settlement', [
    { account: 'passenger', ownerId: passengerId, amount: -fareKept - feeKept },
    { account: 'driver', ownerId: driverId, amount: fareKept, availableAt: at + HOLD_MS },
    { account: 'fee', amount: feeKept - tax },
    { account: 'tax', amount: tax },
  ])
}

/** Whose money a refund takes: what was kept for the passenger, the driver's wallet, or the platform's costs. */
export type RefundSource = Pick<LedgerLine, 'account' | 'ownerId'> & {
  account: 'passenger' | 'driver' | 'costs'
}

/** Money is on its way back to a passenger. */
export const postRefund = (source: RefundSource, amount: number): Posting =>
  posting('refund', [
    { ...source, amount: -amount },
    { account: 'refunds', amount },
  ])

/** A refund has left the gateway. */
export const postRefundPaid = (amount: number): Posting =>
  posting('refund_paid', [
    { account: 'refunds', amount: -amount },
    { account: 'gateway', amount },
  ])

/** A refund did not go through: its source has the money again. */
export const postRefundFailed = (source: RefundSource, amount: number): Posting =>
  posting('refund_failed', [
    { ...source, amount },
    { account: 'refunds', amount: -amount },
  ])

interface PayoutMoney {
  driverId: string
  amount: number
}

/** A driver withdraws: the money leaves the wallet at once. */
export const postPayout = ({ driverId, amount }: PayoutMoney): Posting =>
  posting('payout', [
    { account: 'driver', ownerId: driverId, amount: -amount },
    { account: 'payouts', amount },
  ])

/** A payout has reached its driver; what the gateway takes for it is the platform's cost. */
export const postPayoutPaid = (amount: number, from: 'gateway' | 'bank', gatewayFee = 0): Posting =>
  posting('payout_paid', [
    { account: 'payouts', amount: -amount },
    { account: from, amount: amount + gatewayFee },
    { account: 'costs', amount: -gatewayFee },
  ])

/** A payout was refused, or never left: the driver's wallet has the money again. */
export const postPayoutReturned = ({ driverId, amount }: PayoutMoney): Posting =>
  posting('payout_returned', [
    { account: 'driver', ownerId: driverId, amount },
    { account: 'payouts', amount: -amount },
  ])

/** A payout that was paid came back from the bank, and the gateway gives back what it took for it. */
export const postPayoutReversed = (
  { driverId, amount }: PayoutMoney,
  to: 'gateway' | 'bank',
  gatewayFee = 0,
): Posting =>
  posting('payout_reversed', [
    { account: 'driver', ownerId: driverId, amount },
    { account: to, amount: -amount - gatewayFee },
    { account: 'costs', amount: gatewayFee },
  ])
