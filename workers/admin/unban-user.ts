import { unbanUser as unban } from '#db/queries/staff/ban-user.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'

export const unbanUser = operation(
  {
    id: 'unbanUser',
    method: 'post',
    path: '/admin/users/{id}/unban',
    tag: 'Admin',
    summary: 'Let a person sign in again',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params }) => {
    const actorId = ctx.actor.userId
    if (params.id === actorId) throw new Problem('own_account')
    const unbanned = await unban(ctx.db, { userId: params.id, actorId, now: new Date(ctx.now) })
    if (!unbanned) throw new Problem('not_found')
    return noContent()
  },
)
