import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { textArray } from '#db/lists.ts'
import { isPublic } from './load-reviews.ts'
import { ReviewRow, reviewView } from './review-view.ts'
import type { Judgement } from './write-review.ts'

/** Whose review, and who changes it. */
interface Change {
  id: string
  userId: string
}

/**
 * Says it again, as long as nobody can have read it, by whichever clock. Undefined: not theirs, removed, or it can be read.
 */
export function editReview(
  db: Db,
  { id, userId, stars, tags, body }: Change & Judgement,
  now: Date,
): Promise<ReviewRow | undefined> {
  return readRow(
    db,
    sql`with review as (
        update reviews set stars = ${stars}::int, tags = ${textArray(tags)}, body = ${body}::text
        where id = ${id} and author_id = ${userId} and visible_at > ${now} and counted_at is null and removed_at is null
        returning *
      ) ${reviewView}`,
    ReviewRow,
  )
}

/** Lets the subject reply, once. Undefined: not about them, not to be read, or they have replied. */
export function replyToReview(
  db: Db,
  { id, userId, reply }: Change & { reply: string },
  now: Date,
): Promise<ReviewRow | undefined> {
  return readRow(
    db,
    sql`with review as (
        update reviews set reply = ${reply}, replied_at = ${now}
        where id = ${id} and subject_id = ${userId} and ${isPublic(now)} and reply is null
        returning *
      ) ${reviewView}`,
    ReviewRow,
  )
}
