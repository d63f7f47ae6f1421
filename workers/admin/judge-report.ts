import { z } from '@hono/zod-openapi'
import { handleReport } from '#db/queries/reports/handle-report.ts'
import { loadReport } from '#db/queries/reports/load-reports.ts'
import type { ReportRow } from '#db/queries/reports/report-view.ts'
import { Problem } from '#packages/errors/problem.ts'
import type { Ctx } from '../context.ts'
import { MAX_REASON_LENGTH } from '../http/limits.ts'
import { line } from '../http/shapes.ts'

export const Outcome = z.strictObject({ outcome: line(MAX_REASON_LENGTH) }).openapi('ReportOutcome')

/** What handling a report can be refused with. */
export const judgeErrors = ['own_account', 'report_handled'] as const

/** Handles an open report. Nobody handles their own, or one about themselves. */
export async function judgeReport(
  ctx: Ctx,
  reportId: string,
  state: 'upheld' | 'dismissed',
  outcome: string,
): Promise<ReportRow> {
  const actorId = ctx.actor.userId
  const handled = await handleReport(ctx.db, { reportId, actorId, state, outcome, now: new Date(ctx.now) })
  if (handled) return handled
  const report = await loadReport(ctx.db, reportId)
  if (!report) throw new Problem('not_found')
  const isParty = report.reporterId === actorId || report.ownerId === actorId
  throw new Problem(isParty ? 'own_account' : 'report_handled')
}
