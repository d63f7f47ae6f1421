import { z } from '@hono/zod-openapi'
import { changePhone } from '#db/queries/auth/change-phone.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { PhoneInput, Profile } from './contract.ts'
import { readPhoneChange } from './phone-change.ts'
import { presentProfile } from './present.ts'
import { codesOf, OtpInput, redeemRefusals } from './send-code.ts'

/** Only somebody who has both phones gets as far as hearing that the new one belongs to another account. */
export const confirmPhoneChange = operation(
  {
    id: 'confirmPhoneChange',
    method: 'post',
    path: '/auth/phone-change/confirm',
    tag: 'Auth',
    summary: 'Change my phone with the codes that both phones got',
    access: 'user',
    limit: 'write',
    idempotent: true,
    body: z.strictObject({ phone: PhoneInput, currentCode: OtpInput, newCode: OtpInput }),
    replies: { 200: Profile },
    errors: [
      ...(['not_found', 'phone_not_supported', 'phone_unchanged', 'phone_taken', 'concurrent_change'] as const),
      ...redeemRefusals,
    ],
  },
  async (ctx, { body }) => {
    const { person, newPhone, current, next } = await readPhoneChange(ctx, body.phone)
    await codesOf(ctx).redeem(
      { ...current, code: body.currentCode, field: 'currentCode' },
      { ...next, code: body.newCode, field: 'newCode' },
    )
    const change = { userId: person.id, from: person.phone, to: newPhone, now: new Date(ctx.now) }
    const changed = await changePhone(ctx.db, change)
    if (!changed) throw new Problem('concurrent_change')
    return ok(await presentProfile(changed, ctx))
  },
)
