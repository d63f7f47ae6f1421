import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { signOutSessions } from './sign-out-sessions.ts'

export const logout = operation(
  {
    id: 'logout',
    method: 'post',
    path: '/auth/logout',
    tag: 'Auth',
    summary: 'Sign this session out; its tokens stop working at once',
    access: 'user',
    limit: 'write',
    announces: true,
    replies: { 204: null },
    errors: [],
  },
  async (ctx) => {
    await signOutSessions(ctx, { only: ctx.actor.sessionId })
    return noContent()
  },
)
