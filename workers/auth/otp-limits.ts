import type { Settings } from '../env.ts'

export const OTP_DIGITS = 6
export const OTP_SECONDS = 300
/** Guesses that a code allows. */
export const OTP_ATTEMPTS = 5

/** Waiting time before the next code, by how many were sent since the last right one within the memory. */
export const OTP_RESEND_SECONDS = [30, 60, 120, 300, 900] as const
export const OTP_RESEND_MEMORY_SECONDS = 3600

const HOUR = 3600

/** The last digits of a number that do not tell its block: 100,000 numbers are in one. */
export const BLOCK_DIGITS = 5

/** How many codes may go out in a window that begins with the first of them. Signing in gives nothing back. */
export interface OtpBudget {
  codes: number
  seconds: number
}

/**
 * The budgets of codes; OTP_BUDGETS replaces how many codes a window has.
 * - phone: nobody's phone shall ring all day, and ten codes of five guesses are no way in.
 * - address: an IPv4 address, which carriers share between many phones, or an IPv6 /64.
 * - block: who is paid for each SMS to a range of numbers asks for one after the other. A city's honest sign-ins to a
 *   hundred thousand numbers are a few an hour.
 * - total: what an hour may cost at most.
 */
export const OTP_BUDGETS = {
  phone: { codes: 10, seconds: 12 * HOUR },
  address: { codes: 100, seconds: HOUR },
  block: { codes: 200, seconds: HOUR },
  total: { codes: 5000, seconds: HOUR },
} as const satisfies Record<keyof Settings['OTP_BUDGETS'], OtpBudget>

export type OtpBudgetKind = keyof typeof OTP_BUDGETS

/** What a refusal says: which budget, and nothing about who else used it. */
export const OTP_BUDGET_DETAILS = {
  phone: 'Too many codes were sent to this phone',
  address: 'Too many codes were asked for from this network',
  block: 'Too many codes were sent to numbers like this one',
  total: 'Too many codes were sent',
} as const satisfies Record<OtpBudgetKind, string>
