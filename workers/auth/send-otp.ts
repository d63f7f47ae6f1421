import { z } from '@hono/zod-openapi'
import { loadLanguage } from '#db/queries/auth/load-language.ts'
import { DEFAULT_LANGUAGE, LANGUAGES, preferredLanguage } from '#packages/sms/languages.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { PhoneInput } from './contract.ts'
import { readPhone } from './read-phone.ts'
import { OtpSent, sendCodes, sendRefusals } from './send-code.ts'

/** The reply is the same for known and unknown phones, and so is the work. */
export const sendOtp = operation(
  {
    id: 'sendOtp',
    method: 'post',
    path: '/auth/send-otp',
    tag: 'Auth',
    summary: 'Send a sign-in code by SMS; without a language, in that of the account or of Accept-Language',
    access: 'public',
    limit: 'signIn',
    body: z.strictObject({ phone: PhoneInput, language: z.enum(LANGUAGES).optional() }),
    replies: { 200: OtpSent },
    errors: ['phone_not_supported', ...sendRefusals],
  },
  async (ctx, { body }) => {
    const phone = readPhone(body.phone, ctx.settings.PHONE_COUNTRIES)
    const language =
      body.language ??
      (await loadLanguage(ctx.db, phone)) ??
      preferredLanguage(ctx.request.headers.get('accept-language')) ??
      DEFAULT_LANGUAGE
    return ok(await sendCodes(ctx, language, { purpose: 'sign_in', phone }))
  },
)
