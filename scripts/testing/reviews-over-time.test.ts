import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { exportAccount } from '../../db/queries/auth/export-account.ts'
import { editReview, replyToReview } from '../../db/queries/reviews/change-review.ts'
import { loadReviewable } from '../../db/queries/reviews/load-reviewable.ts'
import { listReviewsAbout, loadReview } from '../../db/queries/reviews/load-reviews.ts'
import { publishReviews } from '../../db/queries/reviews/publish-reviews.ts'
import { writeReview } from '../../db/queries/reviews/write-review.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { REVIEW_MS, reviewRefusal } from '../../packages/reviews/review-window.ts'
import { act } from '../storms/perform.ts'
import { completedBooking, confirmedBooking, type Travelled } from './completed-booking.ts'
import { openWorld } from './open-world.ts'

/** What only a clock can bring about; these call the queries with their own `now`. */
const start = Date.parse('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(start + ms)
const HOUR_MS = 3600_000

const db = await openWorld()

/** What the kernel says to a side of a booking, from what the database has. */
async function refusalFor({ bookingId }: Travelled, userId: string, now: Date) {
  const found = await loadReviewable(db, bookingId, userId)
  if (!found) return 'not_found'
  const { dropoffAt, endedAt, othersVisibleAt } = found
  const booking = { ...found, dropoffAt: dropoffAt.getTime(), endedAt: endedAt?.getTime() ?? null }
  return reviewRefusal(booking, found.side, othersVisibleAt?.getTime() ?? null, now.getTime())
}

async function write({ bookingId }: Travelled, authorId: string, stars: number, now: Date) {
  const booking = await loadReviewable(db, bookingId, authorId)
  if (!booking) throw new Error('nothing to review')
  const said = { stars, tags: ['punctual'], body: 'Fine' }
  return writeReview(db, { ...said, id: uuidv7(now.getTime()), authorId, booking }, now)
}

const totalOf = async (userId: string) =>
  (await db.execute(sql`select side, stars, reviews from rating_totals where user_id = ${userId}`)).rows

test('a review that nobody answers is read and counted after fifteen days, once', async () => {
  const booking = await completedBooking(db, at(0))
  const { driverId, passengerId } = booking
  const review = await write(booking, passengerId, 4, at(0))
  if (!review) throw new Error('not written')
  const late = at(REVIEW_MS)
  const justBefore = at(REVIEW_MS - 1)
  const about = { subjectId: driverId, was: 'driver', limit: 10 } as const
  expect(await listReviewsAbout(db, about, justBefore)).toEqual([])
  expect(await loadReview(db, review.id, driverId, justBefore)).toBeUndefined()
  expect(await loadReview(db, review.id, passengerId, justBefore)).toMatchObject({ stars: 4 })
  expect((await exportAccount(db, driverId))?.reviewsReceived).toEqual([])
  expect(await publishReviews(db, justBefore)).toBe(0)
  expect(await totalOf(driverId)).toEqual([])

  expect(await listReviewsAbout(db, about, late)).toMatchObject([{ id: review.id }])
  const sweeps = await Promise.all([publishReviews(db, late), publishReviews(db, late)])
  expect(sweeps.toSorted((a, b) => a - b)).toEqual([0, 1])
  expect(await publishReviews(db, at(2 * REVIEW_MS))).toBe(0)
  expect(await totalOf(driverId)).toEqual([{ side: 'driver', stars: 4, reviews: 1 }])
  expect(await totalOf(passengerId)).toEqual([])

  // The other side could have read it: too late to answer with one, but not with a reply.
  expect(await refusalFor(booking, driverId, justBefore)).toBeNull()
  expect(await refusalFor(booking, driverId, late)).toBe('review_closed')
  expect(await write(booking, driverId, 1, late)).toBeUndefined()
  expect(
    await replyToReview(db, { id: review.id, userId: driverId, reply: 'Thanks' }, justBefore),
  ).toBeUndefined()
  expect(await replyToReview(db, { id: review.id, userId: driverId, reply: 'Thanks' }, late)).toMatchObject({
    reply: 'Thanks',
    repliedAt: late,
  })
  expect(await exportAccount(db, driverId)).toMatchObject({
    reviewsReceived: [{ stars: 4, text: 'Fine', reply: 'Thanks' }],
    ratings: [{ as: 'driver', stars: 4, reviews: 1 }],
  })
})

test('the second one shows both at once, and no clock changes that', async () => {
  const booking = await completedBooking(db, at(0))
  const { driverId, passengerId } = booking
  const first = await write(booking, passengerId, 5, at(0))
  const second = await write(booking, driverId, 2, at(HOUR_MS))
  expect(second).toMatchObject({ visibleAt: at(HOUR_MS) })
  expect(await loadReview(db, first?.id ?? '', driverId, at(HOUR_MS))).toMatchObject({ visibleAt: at(HOUR_MS) })
  expect(await publishReviews(db, at(2 * REVIEW_MS))).toBe(0)
  expect(await totalOf(driverId)).toEqual([{ side: 'driver', stars: 5, reviews: 1 }])
  expect(await totalOf(passengerId)).toEqual([{ side: 'passenger', stars: 2, reviews: 1 }])
})

test('an edit from a clock that is behind comes too late', async () => {
  const booking = await completedBooking(db, at(0))
  const first = await write(booking, booking.passengerId, 5, at(0))
  const edit = { id: first?.id ?? '', userId: booking.passengerId, stars: 1, tags: [], body: null }
  expect(await editReview(db, { ...edit, stars: 4 }, at(1))).toMatchObject({ stars: 4 })
  await write(booking, booking.driverId, 2, at(HOUR_MS))
  expect(await editReview(db, edit, at(HOUR_MS - 1))).toBeUndefined()
  expect(await totalOf(booking.driverId)).toMatchObject([{ stars: 4, reviews: 1 }])
})

test('a driver who cancels the ride takes no review away', async () => {
  const booking = await confirmedBooking(db, at(0))
  const { driverId, passengerId, dropoffAt } = booking
  expect(await refusalFor(booking, passengerId, at(HOUR_MS))).toBe('review_too_early')
  await cancelRide(db, { rideId: booking.ride.rideId, driverId, now: at(HOUR_MS) })
  expect(await refusalFor(booking, passengerId, at(HOUR_MS))).toBeNull()
  expect(await refusalFor(booking, driverId, at(HOUR_MS))).toBe('review_too_early')
  expect(await refusalFor(booking, driverId, dropoffAt)).toBeNull()
  expect(await write(booking, passengerId, 1, at(HOUR_MS))).toMatchObject({ side: 'passenger', stars: 1 })
})

test('so does a passenger who cancels, and one who was not found', async () => {
  const booking = await confirmedBooking(db, at(0))
  await act(db, { bookingId: booking.bookingId, actorId: booking.passengerId, action: 'cancel' }, at(1))
  expect(await refusalFor(booking, booking.driverId, at(1))).toBeNull()
  expect(await refusalFor(booking, booking.passengerId, at(1))).toBe('review_too_early')
  const absent = await confirmedBooking(db, at(0))
  const departed = absent.ride.departsAt
  const mark = { bookingId: absent.bookingId, actorId: absent.driverId, action: 'mark_absent' } as const
  expect(await act(db, mark, departed)).toMatchObject({ state: 'no_show' })
  expect(await refusalFor(absent, absent.passengerId, departed)).toBeNull()
  expect(await refusalFor(absent, absent.driverId, departed)).toBe('review_too_early')
})

test('a ride that nobody ended is reviewed from its planned end on', async () => {
  const booking = await confirmedBooking(db, at(0))
  const { dropoffAt, driverId, passengerId } = booking
  const before = new Date(dropoffAt.getTime() - 1)
  for (const side of [driverId, passengerId]) {
    expect(await refusalFor(booking, side, before)).toBe('review_too_early')
    expect(await refusalFor(booking, side, dropoffAt)).toBeNull()
  }
})

test('a booking that changed since it was looked at is reviewed by nobody', async () => {
  const booking = await confirmedBooking(db, at(0))
  const seen = await loadReviewable(db, booking.bookingId, booking.passengerId)
  if (!seen) throw new Error('nothing to review')
  await act(db, { bookingId: booking.bookingId, actorId: booking.passengerId, action: 'cancel' }, at(1))
  const review = { id: uuidv7(), authorId: booking.passengerId, booking: seen, stars: 1, tags: [], body: null }
  expect(await writeReview(db, review, at(2))).toBeUndefined()
})
