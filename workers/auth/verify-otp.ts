import { z } from '@hono/zod-openapi'
import { signIn } from '#db/queries/auth/sign-in.ts'
import { Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { line } from '../http/shapes.ts'
import { PhoneInput, SignedIn } from './contract.ts'
import { issueTokens } from './issue-tokens.ts'
import { presentProfile } from './present.ts'
import { readPhone } from './read-phone.ts'
import { newRefreshToken } from './refresh-tokens.ts'
import { codesOf, OtpInput, redeemRefusals } from './send-code.ts'

export const verifyOtp = operation(
  {
    id: 'verifyOtp',
    method: 'post',
    path: '/auth/verify-otp',
    tag: 'Auth',
    summary: 'Sign in with the code; a new phone becomes a new account',
    access: 'public',
    limit: 'signIn',
    body: z.strictObject({
      phone: PhoneInput,
      otp: OtpInput,
      deviceName: line(80).optional(),
    }),
    replies: { 200: SignedIn },
    errors: ['phone_not_supported', ...redeemRefusals, 'forbidden'],
  },
  async (ctx, { body }) => {
    const phone = readPhone(body.phone, ctx.settings.PHONE_COUNTRIES)
    await codesOf(ctx).redeem({ purpose: 'sign_in', phone, code: body.otp, field: 'otp' })
    const refresh = await newRefreshToken()
    const sessionId = uuidv7(ctx.now)
    const person = await signIn(ctx.db, {
      phone,
      newUserId: uuidv7(ctx.now),
      sessionId,
      deviceName: body.deviceName ?? null,
      refreshHash: refresh.hash,
      now: new Date(ctx.now),
      expiresAt: new Date(ctx.now + ctx.settings.REFRESH_EXPIRES_IN * 1000),
    })
    if (!person) throw new Problem('forbidden', { detail: 'This account is suspended' })
    const tokens = await issueTokens(ctx, { userId: person.id, sessionId, refreshToken: refresh.token })
    return ok({ ...tokens, user: await presentProfile(person, ctx) })
  },
)
