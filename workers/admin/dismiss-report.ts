import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { judgeErrors, judgeReport, Outcome } from './judge-report.ts'
import { presentCase, ReportCase } from './report-contract.ts'

export const dismissReport = operation(
  {
    id: 'dismissReport',
    method: 'post',
    path: '/admin/reports/{id}/dismiss',
    tag: 'Admin',
    summary: 'Find that nothing follows from a report',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    params: IdParams,
    body: Outcome,
    replies: { 200: ReportCase },
    errors: judgeErrors,
  },
  async (ctx, { params, body }) =>
    ok(presentCase(await judgeReport(ctx, params.id, 'dismissed', body.outcome))),
)
