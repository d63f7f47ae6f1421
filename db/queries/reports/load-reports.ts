import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import type { REPORT_STATES } from '#db/schema/index.ts'
import type { ReportSubject } from './report-subject.ts'
import { ReportRow, reportColumns } from './report-view.ts'

/** What somebody reported, the newest first. */
export function listReportsBy(
  db: Db,
  { reporterId, before, limit }: { reporterId: string; before?: string | undefined; limit: number },
): Promise<ReportRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`select ${reportColumns} from reports report where reporter_id = ${reporterId} ${older}
      order by id desc limit ${limit}`,
    ReportRow,
  )
}

export interface ReportQueue {
  state: (typeof REPORT_STATES)[number]
  subjectKind?: ReportSubject | undefined
  after?: string | undefined
  limit: number
}

/** Reports in a state, the oldest first, after the one called `after`. */
export function listReports(db: Db, { state, subjectKind, after, limit }: ReportQueue): Promise<ReportRow[]> {
  const kind = subjectKind ? sql`and subject_kind = ${subjectKind}` : sql``
  const newer = after ? sql`and id > ${after}` : sql``
  return readRows(
    db,
    sql`select ${reportColumns} from reports report where state = ${state} ${kind} ${newer} order by id limit ${limit}`,
    ReportRow,
  )
}

const InspectedRow = ReportRow.extend({
  /** The words that are reported; null where there are none, or no more. */
  content: z.string().nullable(),
  /** How often it was reported in all. */
  reportsOfSubject: z.coerce.number(),
})
export type InspectedReportRow = z.infer<typeof InspectedRow>

/** A report with what it is about. That somebody read it, and with it what was written in private, is on record. */
export function inspectReport(
  db: Db,
  id: string,
  actorId: string,
  now: Date,
): Promise<InspectedReportRow | undefined> {
  const details = sql`jsonb_build_object('subjectKind', subject_kind, 'subjectId', subject_id)`
  const entry = { actorId, action: 'report.view', subject: sql`id`, details }
  return readRow(
    db,
    sql`with report as (select * from reports where id = ${id}), audited as (${recordAudit('report', entry, now)})
      select ${reportColumns},
        case report.subject_kind
          when 'message' then (select body from messages where id = report.subject_id)
          when 'review' then (select concat_ws(E'\n\n', body, reply) from reviews where id = report.subject_id)
          when 'user' then (select bio from drivers where user_id = report.subject_id)
          when 'ride' then (select notes from routes where id = (select route_id from rides where id = report.subject_id))
        end as content,
        (select count(*) from reports other where other.subject_id = report.subject_id) as "reportsOfSubject"
      from report`,
    InspectedRow,
  )
}

/** What tells why a report was not handled. */
export function loadReport(db: Db, id: string): Promise<ReportRow | undefined> {
  return readRow(db, sql`select ${reportColumns} from reports report where id = ${id}`, ReportRow)
}
