import { z } from '@hono/zod-openapi'
import { inspectReport as readReport } from '#db/queries/reports/load-reports.ts'
import { Problem } from '#packages/errors/problem.ts'
import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { presentCase, ReportCase } from './report-contract.ts'

export const inspectReport = operation(
  {
    id: 'inspectReport',
    method: 'get',
    path: '/admin/reports/{id}',
    tag: 'Admin',
    summary: 'A report with the words it is about; that they were read is on record',
    access: 'operator',
    limit: 'read',
    params: IdParams,
    replies: {
      200: ReportCase.extend({
        content: z
          .string()
          .nullable()
          .openapi({ description: 'The message, the review with its reply, the bio or the notes' }),
        reportsOfSubject: z.int(),
      }).openapi('InspectedReport'),
    },
    errors: [],
  },
  async (ctx, { params }) => {
    const report = await readReport(ctx.db, params.id, ctx.actor.userId, new Date(ctx.now))
    if (!report) throw new Problem('not_found')
    const { content, reportsOfSubject } = report
    return ok({ ...presentCase(report), content, reportsOfSubject })
  },
)
