import { listReportsBy } from '#db/queries/reports/load-reports.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentReport, Report } from './contract.ts'

export const listMyReports = operation(
  {
    id: 'listMyReports',
    method: 'get',
    path: '/reports',
    tag: 'People',
    summary: 'What I reported and what came of it, the newest first',
    access: 'user',
    limit: 'read',
    query: PageQuery,
    replies: { 200: listOf(Report) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const reports = await listReportsBy(ctx.db, { reporterId: ctx.actor.userId, ...readPage(query) })
    return ok(presentPage(reports, query.limit, presentReport))
  },
)
