/**
 * What somebody of the finance staff has to look at. A payment that is not what was ordered · money for an order that we do not
 * know · a refund that nobody here asked for · one of another amount · one that did not go through · one that takes too long ·
 * a payment that cannot be settled · what the gateway told and cannot be taken in.
 */
export const paymentFindings = [
  'payment_mismatch',
  'payment_unknown',
  'refund_unknown',
  'refund_mismatch',
  'refund_failed',
  'refund_stuck',
  'settlement_failed',
  'webhook_stuck',
] as const
export type PaymentFinding = (typeof paymentFindings)[number]
