import { grantRole as insertRole } from '#db/queries/staff/staff-roles.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { noContent } from '../http/reply.ts'
import { RoleParams } from './contract.ts'

export const grantRole = operation(
  {
    id: 'grantRole',
    method: 'put',
    path: '/admin/staff/{userId}/{role}',
    tag: 'Admin',
    summary: 'Give somebody else a role of the staff; it counts at once',
    access: 'administrator',
    limit: 'write',
    params: RoleParams,
    replies: { 204: null },
    errors: ['own_account'],
  },
  async (ctx, { params }) => {
    const actorId = ctx.actor.userId
    if (params.userId === actorId) throw new Problem('own_account')
    const granted = await insertRole(ctx.db, { ...params, actorId, now: new Date(ctx.now) })
    if (!granted) throw new Problem('not_found')
    return noContent()
  },
)
