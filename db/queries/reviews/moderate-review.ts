import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { addToTotals, takeOffTotal } from './count-reviews.ts'
import { ReviewRow, reviewView } from './review-view.ts'

export interface Moderation {
  reviewId: string
  actorId: string
  reason: string
  now: Date
}

/** The lock under which a review is taken down: what it counts for is then seen as it is. */
export const lockReview = (id: string | SQL): SQL =>
  sql`select 1 from reviews where id = ${id} for no key update`

/**
 * CTEs that take a review down, and off its subject's total where it counts: `review` is the one that was taken down. The
 * lock of the review is held (`lockReview`).
 */
export function takeDown(id: string | SQL, now: Date): SQL {
  return sql`standing as (
      select * from reviews where id = ${id} and removed_at is null
    ), review as (
      update reviews set removed_at = ${now}, counted_at = null from standing where reviews.id = standing.id
      returning reviews.*
    ), uncounted as (
      select standing.* from standing join review on review.id = standing.id where standing.counted_at is not null
    ), totals as (${takeOffTotal('uncounted')})`
}

const isOthers = (actorId: string) => sql`${actorId} not in (author_id, subject_id)`

/** Takes a review down: nobody but its author sees it, and it counts no more. Undefined: not there, down, or their own. */
export function removeReview(
  db: Db,
  { reviewId, actorId, reason, now }: Moderation,
): Promise<ReviewRow | undefined> {
  const details = sql`jsonb_build_object('reason', ${reason}::text)`
  const entry = { actorId, action: 'review.remove', subject: sql`id`, details }
  const found = sql`(select id from reviews where id = ${reviewId} and ${isOthers(actorId)})`
  return readRowLocked(
    db,
    lockReview(reviewId),
    sql`with ${takeDown(found, now)}, audited as (${recordAudit('review', entry, now)}) ${reviewView}`,
    ReviewRow,
  )
}

/** Puts a review back; it counts again if it can be read. Undefined: not there, not down, or their own. */
export function restoreReview(
  db: Db,
  { reviewId, actorId, reason, now }: Moderation,
): Promise<ReviewRow | undefined> {
  const details = sql`jsonb_build_object('reason', ${reason}::text)`
  const entry = { actorId, action: 'review.restore', subject: sql`id`, details }
  return readRow(
    db,
    sql`with review as (
        update reviews set removed_at = null, counted_at = case when visible_at <= ${now} then ${now}::timestamptz end
        where id = ${reviewId} and removed_at is not null and ${isOthers(actorId)}
        returning *
      ), counted as (select * from review where counted_at is not null), totals as (${addToTotals('counted')}),
      audited as (${recordAudit('review', entry, now)}) ${reviewView}`,
    ReviewRow,
  )
}

/** What tells why a review was not moderated, whoever may see it. */
export function inspectReview(db: Db, id: string): Promise<ReviewRow | undefined> {
  return readRow(db, sql`with review as (select * from reviews where id = ${id}) ${reviewView}`, ReviewRow)
}
