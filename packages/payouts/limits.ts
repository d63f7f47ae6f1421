import type { PayoutMethodKind } from './states.ts'

/** The least that is withdrawn, in paise, unless it is all that a wallet has. */
export const MIN_WITHDRAWAL = 100_00

/** The least that anybody can be paid. What is left of a wallet below it cannot leave it. */
export const MIN_PAYOUT = 1_00

/** The most of one withdrawal: what NPCI lets go by UPI, and by IMPS. */
export const MAX_WITHDRAWAL: Readonly<Record<PayoutMethodKind, number>> = { upi: 100_000_00, bank: 500_000_00 }

/**
 * A withdrawal needs one approval more for each of these that it exceeds together with what its driver asked for before within
 * `APPROVAL_WINDOW_MS`: who asks for parts is asked what who asks for the whole is.
 */
export const APPROVAL_LIMITS = [5_000_00, 25_000_00] as const
export const APPROVAL_WINDOW_MS = 24 * 3600_000

/** The most places that a driver can be paid at. */
export const MAX_PAYOUT_METHODS = 5

/** An approved or sent payout of which nothing is known for so long is somebody's to look at. */
export const OVERDUE_MS = { approved: 6 * 3600_000, sent: 24 * 3600_000 } as const
