import { OTP_DIGITS } from './otp-limits.ts'

/** A code from the platform's CSPRNG, each equally likely: draws that would favour small codes are drawn again. */
export function newCode(): string {
  const range = 10 ** OTP_DIGITS
  const fair = Math.floor(2 ** 32 / range) * range
  const [draw = fair] = crypto.getRandomValues(new Uint32Array(1))
  return draw < fair ? String(draw % range).padStart(OTP_DIGITS, '0') : newCode()
}
