import { z } from '@hono/zod-openapi'
import { revokeReusedSession, rotateRefreshToken } from '#db/queries/auth/rotate-refresh-token.ts'
import { Problem } from '#packages/errors/problem.ts'
import { sha256 } from '#packages/secrets/hash.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { setStanding } from '../http/session-standing.ts'
import { SignedIn } from './contract.ts'
import { issueTokens } from './issue-tokens.ts'
import { presentProfile } from './present.ts'
import { newRefreshToken, REUSE_GRACE_MS } from './refresh-tokens.ts'
import { livingSince } from './sign-out-sessions.ts'

/** Each refresh token is good once. One that comes back later was copied: its session is signed out. */
export const refreshToken = operation(
  {
    id: 'refreshToken',
    method: 'post',
    path: '/auth/refresh-token',
    tag: 'Auth',
    summary: 'Exchange a refresh token for new tokens',
    access: 'public',
    limit: 'signIn',
    body: z.strictObject({ refreshToken: z.string().min(20).max(200) }),
    replies: { 200: SignedIn },
    errors: ['refresh_invalid', 'refresh_reused'],
  },
  async (ctx, { body }) => {
    const hash = await sha256(body.refreshToken)
    const next = await newRefreshToken()
    const now = new Date(ctx.now)
    const rotated = await rotateRefreshToken(ctx.db, {
      hash,
      nextHash: next.hash,
      now,
      graceSince: new Date(ctx.now - REUSE_GRACE_MS),
      expiresAt: new Date(ctx.now + ctx.settings.REFRESH_EXPIRES_IN * 1000),
    })
    if (!rotated) {
      const revoked = await revokeReusedSession(ctx.db, hash, now, livingSince(ctx))
      if (!revoked) throw new Problem('refresh_invalid')
      await setStanding(ctx, [revoked.id], 'revoked')
      // A refusal does not drain the outbox by itself, and whoever copied the token may be watching a ride.
      ctx.defer(ctx.drainOutbox())
      throw new Problem('refresh_reused')
    }
    const { sessionId } = rotated
    const tokens = await issueTokens(ctx, { userId: rotated.id, sessionId, refreshToken: next.token })
    return ok({ ...tokens, user: await presentProfile(rotated, ctx) })
  },
)
