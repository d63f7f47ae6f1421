import { listStaff as loadStaffMembers } from '#db/queries/staff/staff-roles.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { StaffMember } from './contract.ts'

export const listStaff = operation(
  {
    id: 'listStaff',
    method: 'get',
    path: '/admin/staff',
    tag: 'Admin',
    summary: 'Who works here, and as what',
    access: 'administrator',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(StaffMember) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const members = await loadStaffMembers(ctx.db, ctx.settings.ADMINISTRATORS, readPage(query))
    return ok(
      presentPage(members, query.limit, ({ roles, ...member }) => ({
        ...member,
        roles: roles.map((role) => ({ ...role, grantedAt: role.grantedAt.toISOString() })),
      })),
    )
  },
)
