import { z } from '@hono/zod-openapi'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { PhoneInput } from './contract.ts'
import { newCode, OTP_SECONDS, otpStore } from './otp.ts'
import { readPhone } from './read-phone.ts'

/** The reply is the same for known and unknown phones. */
export const sendOtp = operation(
  {
    id: 'sendOtp',
    method: 'post',
    path: '/auth/send-otp',
    tag: 'Auth',
    summary: 'Send a sign-in code by SMS',
    access: 'public',
    limit: 'signIn',
    body: z.strictObject({ phone: PhoneInput }),
    replies: { 200: z.object({ expiresIn: z.int(), resendAfter: z.int() }).openapi('OtpSent') },
    errors: ['phone_not_supported', 'otp_resend_too_soon', 'sms_not_sent'],
  },
  async (ctx, { body }) => {
    const phone = readPhone(body.phone, ctx.settings.PHONE_COUNTRIES)
    const codes = otpStore(ctx.redis, ctx.keys.otp)
    const code = newCode()
    const resendAfter = await codes.issue(phone, code)
    try {
      await ctx.sms.sendCode(phone, code, OTP_SECONDS)
    } catch (cause) {
      await codes.withdraw(phone)
      throw new Problem('sms_not_sent', { retryAfter: 5, cause })
    }
    return ok({ expiresIn: OTP_SECONDS, resendAfter })
  },
)
