import { revokeSession } from '#db/queries/auth/revoke-session.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { setStanding } from '../http/session-standing.ts'

export const logout = operation(
  {
    id: 'logout',
    method: 'post',
    path: '/auth/logout',
    tag: 'Auth',
    summary: 'Sign this session out; its tokens stop working at once',
    access: 'user',
    limit: 'write',
    replies: { 204: null },
    errors: [],
  },
  async (ctx) => {
    const { sessionId, userId } = ctx.actor
    await revokeSession(ctx.db, sessionId, userId, new Date(ctx.now))
    await setStanding(ctx, [sessionId], 'revoked')
    return noContent()
  },
)
