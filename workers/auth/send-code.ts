import { z } from '@hono/zod-openapi'
import { Problem } from '#packages/errors/problem.ts'
import type { ProblemCode } from '#packages/errors/registry.ts'
import type { Language } from '#packages/sms/languages.ts'
import type { Actor, Ctx } from '../context.ts'
import { newCode } from './new-code.ts'
import { type OtpStore, type OtpUse, otpStore } from './otp.ts'
import { OTP_DIGITS, OTP_SECONDS } from './otp-limits.ts'

type AnyCtx = Ctx<Actor | null>

export const OtpSent = z.object({ expiresIn: z.int(), resendAfter: z.int() }).openapi('OtpSent')

/** A code as a person types it. */
export const OtpInput = z.string().regex(new RegExp(`^\\d{${OTP_DIGITS}}$`), `${OTP_DIGITS} digits`)

/** How `sendCodes` refuses. */
export const sendRefusals = [
  'otp_resend_too_soon',
  'otp_budget_exhausted',
  'sms_not_sent',
] as const satisfies ProblemCode[]

/** How `redeem` refuses. */
export const redeemRefusals = [
  'otp_invalid',
  'otp_expired',
  'otp_attempts_exceeded',
] as const satisfies ProblemCode[]

export const codesOf = ({ redis, keys, settings }: AnyCtx): OtpStore =>
  otpStore(redis, keys.otp, settings.OTP_BUDGETS)

/**
 * Sends a code for each use by SMS. When one cannot be sent, those after it are not either, and what did not go out
 * gives its budget back. Throws one of `sendRefusals`.
 */
export async function sendCodes(
  ctx: AnyCtx,
  language: Language,
  ...uses: OtpUse[]
): Promise<z.input<typeof OtpSent>> {
  const store = codesOf(ctx)
  const address = ctx.platform.callerAddress(ctx.request)
  const kept: { use: OtpUse; code: string; wait: number }[] = []
  const takeBack = async (from: number) => {
    for (const { use, code } of kept.slice(from)) await store.withdraw(use, code, address)
  }
  try {
    for (const use of uses) {
      const code = newCode()
      kept.push({ use, code, wait: await store.issue(use, code, address) })
    }
  } catch (refusal) {
    await takeBack(0)
    throw refusal
  }
  for (const [n, { use, code }] of kept.entries()) {
    try {
      await ctx.sms.sendCode(use.phone, code, OTP_SECONDS, language)
    } catch (cause) {
      await takeBack(n)
      throw new Problem('sms_not_sent', { retryAfter: 5, cause })
    }
  }
  return { expiresIn: OTP_SECONDS, resendAfter: Math.max(...kept.map(({ wait }) => wait)) }
}
