import { withdrawRole as deleteRole } from '#db/queries/staff/staff-roles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { RoleParams } from './contract.ts'

export const withdrawRole = operation(
  {
    id: 'withdrawRole',
    method: 'delete',
    path: '/admin/staff/{userId}/{role}',
    tag: 'Admin',
    summary: 'Take a role of the staff from somebody else; it is gone at once',
    access: 'administrator',
    limit: 'write',
    params: RoleParams,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params }) => {
    const actorId = ctx.actor.userId
    if (params.userId === actorId) throw new Problem('own_account')
    const withdrawn = await deleteRole(ctx.db, { ...params, actorId, now: new Date(ctx.now) })
    if (!withdrawn) throw new Problem('not_found')
    return noContent()
  },
)
