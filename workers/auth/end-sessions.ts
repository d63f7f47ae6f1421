import { z } from '@hono/zod-openapi'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { signOutSessions } from './sign-out-sessions.ts'

export const endSessions = operation(
  {
    id: 'endSessions',
    method: 'delete',
    path: '/auth/sessions',
    tag: 'Auth',
    summary: 'Sign all my sessions out, or all but this one; their tokens stop working at once',
    access: 'user',
    limit: 'write',
    announces: true,
    query: z.strictObject({ keepCurrent: z.enum(['true', 'false']).default('false') }),
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { query }) => {
    await signOutSessions(ctx, query.keepCurrent === 'true' ? { except: ctx.actor.sessionId } : 'all')
    return noContent()
  },
)
