import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import type { REPORT_REASONS } from '#db/schema/index.ts'
import { isSeenBy, ownerOf, type ReportSubject } from './report-subject.ts'
import { ReportRow, reportColumns } from './report-view.ts'

/** So many reports of one person can wait at a time: nobody drowns the staff, or another person, in them. */
const MAX_OPEN_REPORTS = 50

export interface NewReport {
  id: string
  reporterId: string
  subjectKind: ReportSubject
  subjectId: string
  reason: (typeof REPORT_REASONS)[number]
  details: string | null
}

/**
 * Has the staff look at something. Undefined: it is not there, not to be seen by the reporter, or their own, or too many of
 * their reports wait.
 * Violates `reports_one_open`.
 */
export function fileReport(db: Db, given: NewReport, now: Date): Promise<ReportRow | undefined> {
  const { subjectKind, subjectId, reporterId } = given
  return readRowLocked(
    db,
    // Of two reports at once the second counts the first.
    sql`select 1 from users where id = ${reporterId} for no key update`,
    sql`with report as (
        insert into reports (id, reporter_id, subject_kind, subject_id, reason, details, state, created_at)
        select ${given.id}::uuid, reporter.id, ${subjectKind}, ${subjectId}::uuid, ${given.reason}, ${given.details}::text,
          'open', ${now}::timestamptz
        from users reporter
        where reporter.id = ${reporterId} and reporter.deleted_at is null
          and ${ownerOf(sql`${subjectKind}::text`, sql`${subjectId}::uuid`)} <> reporter.id
          and (select count(*) from reports mine where mine.reporter_id = reporter.id and mine.state = 'open')
            < ${MAX_OPEN_REPORTS}
          and ${isSeenBy(subjectKind, subjectId, reporterId, now)}
        returning *
      ) select ${reportColumns} from report`,
    ReportRow,
  )
}

const RefusalRow = z.object({
  /** Whose it is; null where there is no such thing. */
  ownerId: z.string().nullable(),
  /** The reporter can see it. */
  seen: z.boolean(),
})

/** What tells why nothing was reported. */
export function inspectSubject(
  db: Db,
  { subjectKind, subjectId, reporterId }: Pick<NewReport, 'subjectKind' | 'subjectId' | 'reporterId'>,
  now: Date,
): Promise<z.infer<typeof RefusalRow> | undefined> {
  return readRow(
    db,
    sql`select ${ownerOf(sql`${subjectKind}::text`, sql`${subjectId}::uuid`)} as "ownerId",
      ${isSeenBy(subjectKind, subjectId, reporterId, now)} as seen`,
    RefusalRow,
  )
}
