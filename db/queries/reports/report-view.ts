import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { REPORT_REASONS, REPORT_STATES, REPORT_SUBJECTS } from '#db/schema/index.ts'
import { ownerOf } from './report-subject.ts'

export const ReportRow = z.object({
  id: z.string(),
  reporterId: z.string(),
  subjectKind: z.enum(REPORT_SUBJECTS),
  subjectId: z.string(),
  /** Whose it is; null where it, or the account, is gone. */
  ownerId: z.string().nullable(),
  reason: z.enum(REPORT_REASONS),
  details: z.string().nullable(),
  state: z.enum(REPORT_STATES),
  createdAt: z.coerce.date(),
  handledBy: z.string().nullable(),
  handledAt: z.coerce.date().nullable(),
  outcome: z.string().nullable(),
})
export type ReportRow = z.infer<typeof ReportRow>

/** The columns of a ReportRow, from a relation called `report` that has the columns of `reports`. */
export const reportColumns = sql`report.id, report.reporter_id as "reporterId", report.subject_kind as "subjectKind",
  report.subject_id as "subjectId", ${ownerOf(sql`report.subject_kind`, sql`report.subject_id`)} as "ownerId",
  report.reason, report.details, report.state, report.created_at as "createdAt", report.handled_by as "handledBy",
  report.handled_at as "handledAt", report.outcome`
