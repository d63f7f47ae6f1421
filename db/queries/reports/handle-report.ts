import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { emptyMessage, lockMessage } from '#db/queries/chat/empty-message.ts'
import { lockReview, takeDown } from '#db/queries/reviews/moderate-review.ts'
import { ownerOf } from './report-subject.ts'
import { ReportRow, reportColumns } from './report-view.ts'

export interface Verdict {
  reportId: string
  actorId: string
  state: 'upheld' | 'dismissed'
  outcome: string
  now: Date
}

/**
 * Handles an open report. Where it is upheld, a review is taken down and a message is emptied, in the same statement.
 * Undefined: not there, handled, or the actor's own, or about them.
 */
export function handleReport(db: Db, verdict: Verdict): Promise<ReportRow | undefined> {
  const { reportId, actorId, state, outcome, now } = verdict
  const subject = (kind: 'review' | 'message') =>
    sql`(select subject_id from reports where id = ${reportId} and subject_kind = ${kind})`
  const guilty = (kind: 'review' | 'message') =>
    sql`(select subject_id from report where subject_kind = ${kind} and state = 'upheld')`
  const details = sql`jsonb_build_object('subjectKind', subject_kind, 'subjectId', subject_id, 'outcome', outcome)`
  const entry = {
    ...{ actorId, subject: sql`id`, details },
    action: state === 'upheld' ? 'report.uphold' : 'report.dismiss',
  }
  const write = sql`with report as (
      update reports set state = ${state}, outcome = ${outcome}, handled_by = ${actorId}, handled_at = ${now}
      where id = ${reportId} and state = 'open' and reporter_id <> ${actorId}
        and ${ownerOf(sql`reports.subject_kind`, sql`reports.subject_id`)} is distinct from ${actorId}::uuid
      returning *
    ), ${takeDown(guilty('review'), now)}, ${emptyMessage(guilty('message'), now)},
    audited as (${recordAudit('report', entry, now)})
    select id from report`
  const view = sql`select ${reportColumns} from reports report where id = ${reportId}`
  const before = [...lockMessage(subject('message')), lockReview(subject('review'))] as const
  return writeLocked(db, { before, write, view }, ReportRow)
}
