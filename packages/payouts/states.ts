/**
 * `waiting` for approvals · `approved`, to be sent by the sweep, or by hand where the platform has no payout account ·
 * `sent` to the gateway · `paid` · `failed`, `rejected`, `reversed`, and `cancelled` by its driver: the money is back in the wallet.
 */
export const payoutStates = [
  'waiting',
  'approved',
  'sent',
  'paid',
  'failed',
  'rejected',
  'cancelled',
  'reversed',
] as const
export type PayoutState = (typeof payoutStates)[number]

/** The states in which a payout is still on its way: its money is neither with the driver nor in the wallet. */
export const unfinishedStates = ['waiting', 'approved', 'sent'] as const satisfies PayoutState[]

/** The states with which the driver has the money in the wallet again. */
export const returnedStates = ['failed', 'rejected', 'cancelled', 'reversed'] as const satisfies PayoutState[]

/**
 * `approve`: the last of the finance staff that it needs said yes · `hold`: it is to wait for them after all · `reject` by them ·
 * `cancel` by its driver · `send`: the gateway has it · `pay`, `fail`, `reverse`: what the gateway, or who pays by hand, says.
 */
export const payoutActions = ['approve', 'hold', 'reject', 'cancel', 'send', 'pay', 'fail', 'reverse'] as const
export type PayoutAction = (typeof payoutActions)[number]

/** Where a driver is paid. */
export const payoutMethodKinds = ['upi', 'bank'] as const
export type PayoutMethodKind = (typeof payoutMethodKinds)[number]

/** Who pays it out: the gateway, or a person of the finance staff from the platform's bank account. */
export const payoutRails = ['gateway', 'manual'] as const
export type PayoutRail = (typeof payoutRails)[number]
