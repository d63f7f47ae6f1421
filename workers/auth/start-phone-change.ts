import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { PhoneInput } from './contract.ts'
import { readPhoneChange } from './phone-change.ts'
import { OtpSent, sendCodes, sendRefusals } from './send-code.ts'

/** The reply is the same whether another account has the new phone or not: that is for its holder to know. */
export const startPhoneChange = operation(
  {
    id: 'startPhoneChange',
    method: 'post',
    path: '/auth/phone-change',
    tag: 'Auth',
    summary: 'Send a code to my present phone and one to the new one',
    access: 'user',
    limit: 'write',
    idempotent: true,
    body: z.strictObject({ phone: PhoneInput }),
    replies: { 200: OtpSent },
    errors: ['not_found', 'phone_not_supported', 'phone_unchanged', ...sendRefusals],
  },
  async (ctx, { body }) => {
    const { person, current, next } = await readPhoneChange(ctx, body.phone)
    // The new phone first: it is the one that may turn out not to exist.
    return ok(await sendCodes(ctx, person.language, next, current))
  },
)
