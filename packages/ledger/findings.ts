/**
 * What somebody of the finance staff has to look at.
 *
 * A payment that is not what was ordered · money for an order that we do not know · a refund that nobody here asked for · one of
 * another amount · one that did not go through · one that takes too long · a payment that cannot be settled · one of a ride that
 * nobody ended · what the gateway told and cannot be taken in.
 *
 * Nothing is known of a payout for long · the gateway says of one what cannot be · its money is back in the wallet of an account
 * that is gone.
 *
 * And of the nightly run over the books: a kept balance that is not its entries · a transaction that does not add up · what differs
 * from what was posted of a payment, of what went back of it, of a refund, of a payout.
 */
export const findingKinds = [
  'payment_mismatch',
  'payment_unknown',
  'refund_unknown',
  'refund_mismatch',
  'refund_failed',
  'refund_stuck',
  'settlement_failed',
  'payment_unsettled',
  'webhook_stuck',
  'payout_overdue',
  'payout_mismatch',
  'payout_ownerless',
  'books_balance',
  'books_transaction',
  'books_capture',
  'books_refunded',
  'books_refund',
  'books_payout',
] as const
export type FindingKind = (typeof findingKinds)[number]
