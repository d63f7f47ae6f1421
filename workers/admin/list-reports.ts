import { z } from '@hono/zod-openapi'
import { listReports as loadReports } from '#db/queries/reports/load-reports.ts'
import { REPORT_STATES, REPORT_SUBJECTS } from '#db/schema/index.ts'
import { operation } from '../http/operation.ts'
import { listOf, PageQuery, presentPage, readPage } from '../http/pagination.ts'
import { ok } from '../http/reply.ts'
import { presentCase, ReportCase } from './report-contract.ts'

export const listReports = operation(
  {
    id: 'listReports',
    method: 'get',
    path: '/admin/reports',
    tag: 'Admin',
    summary: 'What people reported, the oldest first; the open ones, unless asked otherwise',
    access: 'operator',
    limit: 'read',
    query: PageQuery.extend({
      state: z.enum(REPORT_STATES).default('open'),
      subjectKind: z.enum(REPORT_SUBJECTS).optional(),
    }),
    replies: { 200: listOf(ReportCase) },
    errors: ['invalid_cursor'],
  },
  async (ctx, { query }) => {
    const { before: after, limit } = readPage(query)
    const { state, subjectKind } = query
    const reports = await loadReports(ctx.db, { state, subjectKind, after, limit })
    return ok(presentPage(reports, query.limit, presentCase))
  },
)
