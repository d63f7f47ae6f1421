import { z } from '@hono/zod-openapi'
import type { ReportRow } from '#db/queries/reports/report-view.ts'
import { REPORT_REASONS, REPORT_STATES, REPORT_SUBJECTS } from '#db/schema/index.ts'
import { Id, Instant } from '../http/shapes.ts'

/** A report as the staff see it in their queue. */
export const ReportCase = z
  .object({
    id: Id,
    reporterId: Id,
    subjectKind: z.enum(REPORT_SUBJECTS),
    subjectId: Id,
    ownerId: Id.nullable().openapi({ description: 'Whom it is about; null where it, or the account, is gone' }),
    reason: z.enum(REPORT_REASONS),
    details: z.string().nullable(),
    state: z.enum(REPORT_STATES),
    createdAt: Instant,
    handledBy: Id.nullable(),
    handledAt: Instant.nullable(),
    outcome: z.string().nullable(),
  })
  .openapi('ReportCase')

export function presentCase(report: ReportRow): z.input<typeof ReportCase> {
  const { id, reporterId, subjectKind, subjectId, ownerId, reason, details, state } = report
  const { handledBy, outcome } = report
  return {
    ...{ id, reporterId, subjectKind, subjectId, ownerId, reason, details, state, handledBy, outcome },
    createdAt: report.createdAt.toISOString(),
    handledAt: report.handledAt?.toISOString() ?? null,
  }
}
