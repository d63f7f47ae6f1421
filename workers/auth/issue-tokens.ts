import type { z } from '@hono/zod-openapi'
import type { Ctx } from '../context.ts'
import type { Tokens } from './contract.ts'

/** The token part of a reply: a fresh access token beside the refresh token that was made for the session. */
export async function issueTokens(
  ctx: Ctx<null>,
  session: { userId: string; sessionId: string; refreshToken: string },
): Promise<z.input<typeof Tokens>> {
  return {
    accessToken: await ctx.tokens.sign(session.userId, session.sessionId, ctx.now),
    refreshToken: session.refreshToken,
    tokenType: 'Bearer',
    expiresIn: ctx.settings.JWT_EXPIRES_IN,
  }
}
