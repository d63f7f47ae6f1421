import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { editReview } from '../../db/queries/reviews/change-review.ts'
import { loadReviewable } from '../../db/queries/reviews/load-reviewable.ts'
import { removeReview, restoreReview } from '../../db/queries/reviews/moderate-review.ts'
import { publishReviews } from '../../db/queries/reviews/publish-reviews.ts'
import { writeReview } from '../../db/queries/reviews/write-review.ts'
import { bookingSides } from '../../packages/booking/sides.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { REVIEW_MS } from '../../packages/reviews/review-window.ts'
import { newPeople } from '../storms/new-ride.ts'
import { completedBooking } from './completed-booking.ts'
import { openWorld } from './open-world.ts'

const start = Date.parse('2026-12-01T06:00:00Z')
const DAY_MS = 24 * 3600_000
const BOOKINGS = 3
const RUNS = 40

const db = await openWorld()
const [moderator = ''] = await newPeople(db, 1, new Date(start))

/** Totals that are not the sum of the reviews that count, or reviews that count although they cannot be read. */
const wrongTotals = async () =>
  (
    await db.execute(sql`with sums as (
        select subject_id as user_id, case side when 'driver' then 'passenger' else 'driver' end as side,
          sum(stars) as stars, count(*) as reviews
        from reviews where counted_at is not null group by 1, 2
      )
      select coalesce(sums.user_id, total.user_id) as who, sums.stars, total.stars, sums.reviews, total.reviews
      from sums full join rating_totals total on total.user_id = sums.user_id and total.side = sums.side
      where coalesce(sums.stars, 0) <> coalesce(total.stars, 0) or coalesce(sums.reviews, 0) <> coalesce(total.reviews, 0)
      union all
      select subject_id, stars, null, null, null from reviews
      where counted_at is not null and (removed_at is not null or visible_at > counted_at)`)
  ).rows

const which = { booking: fc.nat(BOOKINGS - 1), side: fc.constantFrom(...bookingSides) }
const stars = fc.integer({ min: 1, max: 5 })
const step = fc.oneof(
  fc.record({ do: fc.constant('write' as const), ...which, stars }),
  fc.record({ do: fc.constant('edit' as const), ...which, stars }),
  fc.record({ do: fc.constant('remove' as const), ...which }),
  fc.record({ do: fc.constant('restore' as const), ...which }),
  fc.record({ do: fc.constant('wait' as const), days: fc.integer({ min: 1, max: 16 }) }),
  fc.record({ do: fc.constant('sweep' as const) }),
)

interface Written {
  id: string
  stars: number
  visibleAt: number
  removed: boolean
}

test('whatever is written, edited, taken down and put back, in whatever order, the totals are the sums', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      let now = start
      const bookings = []
      for (let n = 0; n < BOOKINGS; n++) bookings.push(await completedBooking(db, new Date(now)))
      const model = new Map<string, Written>()
      for (const each of steps) {
        const at = new Date(now)
        if (each.do === 'wait') {
          now += each.days * DAY_MS
          continue
        }
        if (each.do === 'sweep') {
          await publishReviews(db, at)
          continue
        }
        const booking = bookings[each.booking]
        const key = `${each.booking} ${each.side}`
        const known = model.get(key)
        const other = model.get(`${each.booking} ${each.side === 'driver' ? 'passenger' : 'driver'}`)
        if (!booking) throw new Error('no booking')
        const authorId = each.side === 'driver' ? booking.driverId : booking.passengerId
        if (each.do === 'write') {
          const found = await loadReviewable(db, booking.bookingId, authorId)
          if (!found || known) continue
          const review = { id: uuidv7(now), authorId, booking: found, stars: each.stars, tags: [], body: null }
          const done = await writeReview(db, review, at)
          expect(done !== undefined).toBe(!other || other.visibleAt > now)
          if (!done) continue
          if (other) other.visibleAt = now
          const visibleAt = other ? now : now + REVIEW_MS
          model.set(key, { id: review.id, stars: each.stars, visibleAt, removed: false })
        } else if (each.do === 'edit') {
          const edit = { id: known?.id ?? uuidv7(), userId: authorId, stars: each.stars, tags: [], body: null }
          const done = await editReview(db, edit, at)
          expect(done !== undefined).toBe(known !== undefined && known.visibleAt > now && !known.removed)
          if (done && known) known.stars = each.stars
        } else {
          const change = each.do === 'remove' ? removeReview : restoreReview
          const done = await change(db, {
            ...{ reviewId: known?.id ?? uuidv7(), actorId: moderator, reason: 'Rude', now: at },
          })
          expect(done !== undefined).toBe(known !== undefined && known.removed === (each.do === 'restore'))
          if (done && known) known.removed = each.do === 'remove'
        }
        expect(await wrongTotals()).toEqual([])
      }
      await publishReviews(db, new Date(now))
      expect(await wrongTotals()).toEqual([])
      for (const [n, booking] of bookings.entries()) {
        for (const side of bookingSides) {
          const review = model.get(`${n} ${side}`)
          const counts = review && review.visibleAt <= now && !review.removed
          const subject = side === 'driver' ? booking.passengerId : booking.driverId
          const { rows } = await db.execute(
            sql`select stars, reviews from rating_totals where user_id = ${subject}`,
          )
          expect(rows.filter(({ reviews }) => reviews !== 0)).toEqual(
            counts ? [{ stars: review.stars, reviews: 1 }] : [],
          )
        }
      }
    }),
    { numRuns: RUNS },
  )
}, 120_000)

test('the check of the totals sees one that is wrong', async () => {
  const { driverId } = await completedBooking(db, new Date(start))
  await db.execute(sql`insert into rating_totals values (${driverId}, 'driver', 5, 1)`)
  expect(await wrongTotals()).toMatchObject([{ who: driverId }])
  await db.execute(sql`delete from rating_totals where user_id = ${driverId}`)
})
