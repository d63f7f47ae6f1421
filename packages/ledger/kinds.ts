/**
 * The accounts. Of a person: `passenger`, what was paid and is not yet earned or given back; `driver`, the wallet.
 * Of the platform: `fee` and `tax`, what it takes and what of it belongs to the state; `gateway` and `bank`, where
 * money is kept; `refunds` and `payouts`, what is on its way out; `costs`, what the gateway and goodwill take.
 */
export const accountKinds = [
  'passenger',
  'driver',
  'fee',
  'tax',
  'gateway',
  'bank',
  'refunds',
  'payouts',
  'costs',
] as const
export type AccountKind = (typeof accountKinds)[number]

/** The accounts that somebody owns. Their balances are kept, and never fall below nothing. */
export const ownedAccounts = ['passenger', 'driver'] as const satisfies AccountKind[]

/** What happened. Together with its reference a kind is posted once. */
export const transactionKinds = [
  'capture',
  'settlement',
  'refund',
  'refund_paid',
  'refund_failed',
  'payout',
  'payout_paid',
  'payout_returned',
  'payout_reversed',
  'correction',
] as const
export type TransactionKind = (typeof transactionKinds)[number]
