/**
 * `waiting` for approvals · `approved`, to be sent by the sweep, or by hand where the platform has no payout account ·
 * `sent` to the gateway · `paid` · `failed`, `rejected`, `reversed`: the driver has the money back in the wallet.
 */
export const payoutStates = ['waiting', 'approved', 'sent', 'paid', 'failed', 'rejected', 'reversed'] as const
export type PayoutState = (typeof payoutStates)[number]

/** Where a driver is paid. */
export const payoutMethodKinds = ['upi', 'bank'] as const
export type PayoutMethodKind = (typeof payoutMethodKinds)[number]

/** Who pays it out: the gateway, or a person of the finance staff from the platform's bank account. */
export const payoutRails = ['gateway', 'manual'] as const
export type PayoutRail = (typeof payoutRails)[number]
