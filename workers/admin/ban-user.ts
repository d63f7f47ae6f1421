import { z } from '@hono/zod-openapi'
import { banUser as ban } from '#db/queries/staff/ban-user.ts'
import { Problem } from '#packages/errors/problem.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { setStanding } from '../http/session-standing.ts'
import { IdParams, line } from '../http/shapes.ts'

export const banUser = operation(
  {
    id: 'banUser',
    method: 'post',
    path: '/admin/users/{id}/ban',
    tag: 'Admin',
    summary: 'Sign a person out everywhere, at once, and let them in no more',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: z.strictObject({ reason: line(MAX_REASON_LENGTH) }).openapi('Ban'),
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params, body }) => {
    const actorId = ctx.actor.userId
    if (params.id === actorId) throw new Problem('own_account')
    const change = { userId: params.id, actorId, reason: body.reason, now: new Date(ctx.now) }
    const banned = await ban(ctx.db, change)
    if (!banned) throw new Problem('not_found')
    await setStanding(ctx, banned.sessionIds, 'revoked')
    return noContent()
  },
)
