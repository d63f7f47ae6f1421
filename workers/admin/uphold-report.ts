import { operation } from '../http/operation.ts'
import { ok } from '../http/reply.ts'
import { IdParams } from '../http/shapes.ts'
import { judgeErrors, judgeReport, Outcome } from './judge-report.ts'
import { presentCase, ReportCase } from './report-contract.ts'

export const upholdReport = operation(
  {
    id: 'upholdReport',
    method: 'post',
    path: '/admin/reports/{id}/uphold',
    tag: 'Admin',
    summary: 'Find that a report is right: a review is taken down, a message is emptied',
    access: 'operator',
    limit: 'write',
    idempotent: true,
    announces: true,
    params: IdParams,
    body: Outcome,
    replies: { 200: ReportCase },
    errors: judgeErrors,
  },
  async (ctx, { params, body }) => ok(presentCase(await judgeReport(ctx, params.id, 'upheld', body.outcome))),
)
