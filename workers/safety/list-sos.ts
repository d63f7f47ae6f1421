import { listSos as loadSos } from '#db/queries/sos/load-sos.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { StaffSosAlert } from './contract.ts'
import { presentStaffSos } from './present-sos.ts'

export const listSos = operation(
  {
    id: 'listSos',
    method: 'get',
    path: '/admin/sos',
    tag: 'Admin',
    summary: 'Everybody’s alerts: open ones first, then those that are over, each newest first',
    access: 'operator',
    limit: 'read',
    vital: true,
    query: PageQuery,
    replies: { 200: listOf(StaffSosAlert) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const rows = await loadSos(ctx.db, readPage(query))
    return ok(presentPage(rows, query.limit, presentStaffSos))
  },
)
