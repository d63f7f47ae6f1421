import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRow, readRows } from '#db/client.ts'
import { type BookingSide, otherSide } from '#packages/booking/sides.ts'
import { ReviewRow, reviewView } from './review-view.ts'

/** A condition on `reviews`: all may read it. */
export const isPublic = (now: Date): SQL => sql`(visible_at <= ${now} and removed_at is null)`

/** A review as this person may see it: their own always, others once they are public. */
export function loadReview(db: Db, id: string, viewerId: string, now: Date): Promise<ReviewRow | undefined> {
  return readRow(
    db,
    sql`with review as (
        select * from reviews where id = ${id} and (author_id = ${viewerId} or ${isPublic(now)})
      ) ${reviewView}`,
    ReviewRow,
  )
}

interface Page {
  /** Older than this review. */
  before?: string | undefined
  limit: number
}

/** What is said about somebody, the newest first; as what they were, where asked. All of it can be read by all. */
export function listReviewsAbout(
  db: Db,
  { subjectId, was, before, limit }: Page & { subjectId: string; was: BookingSide | undefined },
  now: Date,
): Promise<ReviewRow[]> {
  const side = was ? sql`and side = ${otherSide(was)}` : sql``
  // When a review could be read does not change any more, so pages neither repeat nor leave out.
  const older = before
    ? sql`and (visible_at, id) < (select visible_at, id from reviews where id = ${before})`
    : sql``
  return readRows(
    db,
    sql`with review as (
        select * from reviews where subject_id = ${subjectId} and ${isPublic(now)} ${side} ${older}
        order by visible_at desc, id desc limit ${limit}
      ) ${reviewView} order by review.visible_at desc, review.id desc`,
    ReviewRow,
  )
}

/** What somebody wrote, the newest first, whether it can be read yet or no more. */
export function listReviewsBy(
  db: Db,
  { authorId, before, limit }: Page & { authorId: string },
): Promise<ReviewRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`with review as (
        select * from reviews where author_id = ${authorId} ${older} order by id desc limit ${limit}
      ) ${reviewView} order by review.id desc`,
    ReviewRow,
  )
}

/** The reviews of a booking that one of its sides may see: their own, and the other's once it is public. */
export function loadReviewsOfBooking(
  db: Db,
  bookingId: string,
  viewerId: string,
  now: Date,
): Promise<ReviewRow[]> {
  return readRows(
    db,
    sql`with review as (
        select * from reviews where booking_id = ${bookingId} and (author_id = ${viewerId} or ${isPublic(now)})
      ) ${reviewView}`,
    ReviewRow,
  )
}
