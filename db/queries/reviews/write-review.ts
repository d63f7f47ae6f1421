import { sql } from 'drizzle-orm'
import { type Db, writeLocked } from '#db/client.ts'
import { textArray } from '#db/lists.ts'
import { tellVisible } from '#db/queries/outbox/tell.ts'
import { REVIEW_MS } from '#packages/reviews/review-window.ts'
import { addToTotals } from './count-reviews.ts'
import type { ReviewableRow } from './load-reviewable.ts'
import { ReviewRow, reviewView } from './review-view.ts'

/** What somebody says about somebody. */
export interface Judgement {
  stars: number
  tags: readonly string[]
  body: string | null
}

export interface NewReview extends Judgement {
  id: string
  authorId: string
  /** The booking as it was when it was found that it may be reviewed. */
  booking: Pick<ReviewableRow, 'bookingId' | 'side' | 'state' | 'dropoffAt'>
}

/**
 * Writes a review. Nobody but its author sees it for 15 days, unless the other side has written: then both can be read, and
 * both are counted, from this statement on. The two sides follow each other, so that the second one sees the first.
 * Undefined: the booking is not as it was, the other's review could be read already, or the account is gone.
 * Violates `reviews_one_per_side`.
 */
export function writeReview(db: Db, review: NewReview, now: Date): Promise<ReviewRow | undefined> {
  const { bookingId, side, state, dropoffAt } = review.booking
  const lockPeople = sql`select 1 from users where id in (
      select passenger_id from bookings where id = ${bookingId}
      union select driver_id from rides where id = (select ride_id from bookings where id = ${bookingId}))
    order by id for key share`
  const lockBooking = sql`select 1 from bookings where id = ${bookingId} for no key update`
  const alone = new Date(now.getTime() + REVIEW_MS)
  const write = sql`with booking as (
      select bookings.id, bookings.passenger_id, rides.driver_id
      from bookings join rides on rides.id = bookings.ride_id
        join users author on author.id = ${review.authorId} and author.deleted_at is null
      where bookings.id = ${bookingId} and bookings.state = ${state} and bookings.dropoff_at = ${dropoffAt}
        and author.id = ${side === 'driver' ? sql`rides.driver_id` : sql`bookings.passenger_id`}
        and not exists (select 1 from reviews earlier where earlier.booking_id = bookings.id
          and earlier.side <> ${side} and earlier.visible_at <= ${now})
    ), answered as (
      update reviews set visible_at = ${now}, counted_at = case when removed_at is null then ${now}::timestamptz end
      from booking where reviews.booking_id = booking.id and reviews.side <> ${side}
      returning reviews.*
    ), review as (
      insert into reviews (id, booking_id, side, author_id, subject_id, stars, tags, body, created_at, visible_at, counted_at)
      select ${review.id}::uuid, id, ${side}, ${review.authorId}::uuid,
        ${side === 'driver' ? sql`passenger_id` : sql`driver_id`}, ${review.stars}::int, ${textArray(review.tags)},
        ${review.body}::text, ${now}::timestamptz,
        case when exists (select 1 from answered) then ${now}::timestamptz else ${alone}::timestamptz end,
        case when exists (select 1 from answered) then ${now}::timestamptz end
      from booking
      returning *
    ), counted as (
      select * from answered where counted_at is not null
      union all select * from review where counted_at is not null
    ), totals as (${addToTotals('counted')}), told as (${tellVisible('counted', now)})
    select id from review`
  const view = sql`with review as (select * from reviews where id = ${review.id}) ${reviewView}`
  return writeLocked(db, { before: [lockPeople, lockBooking], write, view }, ReviewRow)
}
