import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { signOutSessions } from './sign-out-sessions.ts'

export const endSession = operation(
  {
    id: 'endSession',
    method: 'delete',
    path: '/auth/sessions/{id}',
    tag: 'Auth',
    summary: 'Sign one of my sessions out; its tokens stop working at once',
    access: 'user',
    limit: 'write',
    announces: true,
    params: IdParams,
    replies: { 204: null },
    errors: [],
  },
  async (ctx, { params }) => {
    if ((await signOutSessions(ctx, { only: params.id })) === 0) throw new Problem('not_found')
    return noContent()
  },
)
