import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookingSides, otherSide } from '#packages/booking/sides.ts'
import { REVIEW_MS, type ReviewableBooking, reviewRefusal, reviewWindow } from './review-window.ts'

const HOUR_MS = 3600_000
const dropoffAt = 1_800_000_000_000
const onTheWay: ReviewableBooking = { accepted: true, dropoffAt, endedAt: null, endedBy: null }

test('fifteen days from the planned end on', () => {
  for (const side of bookingSides) {
    const ask = (now: number) => reviewRefusal(onTheWay, side, null, now)
    expect(ask(dropoffAt - 1)).toBe('review_too_early')
    expect(ask(dropoffAt)).toBeNull()
    expect(ask(dropoffAt + 15 * 24 * HOUR_MS - 1)).toBeNull()
    expect(ask(dropoffAt + 15 * 24 * HOUR_MS)).toBe('review_closed')
  }
})

test('a completed booking opens for both at once', () => {
  const early = { ...onTheWay, endedAt: dropoffAt - HOUR_MS }
  for (const side of bookingSides) {
    expect(reviewRefusal(early, side, null, dropoffAt - HOUR_MS)).toBeNull()
    // One that took longer was open before.
    const late = { ...onTheWay, endedAt: dropoffAt + HOUR_MS }
    expect(reviewWindow(late, side)?.opensAt).toBe(dropoffAt)
  }
})

test('who cancels waits for the planned end, the other side does not', () => {
  for (const endedBy of bookingSides) {
    const cancelled = { ...onTheWay, endedAt: dropoffAt - HOUR_MS, endedBy }
    const ask = (side: typeof endedBy) => reviewRefusal(cancelled, side, null, dropoffAt - HOUR_MS)
    expect(ask(otherSide(endedBy))).toBeNull()
    expect(ask(endedBy)).toBe('review_too_early')
    expect(reviewRefusal(cancelled, endedBy, null, dropoffAt)).toBeNull()
  }
})

test('who was never accepted reviews nobody', () => {
  for (const side of bookingSides)
    expect(reviewRefusal({ ...onTheWay, accepted: false }, side, null, dropoffAt)).toBe('review_not_allowed')
})

test('nobody ever writes who could have read what the other wrote', () => {
  const instant = fc.integer({ min: -40 * 24, max: 40 * 24 }).map((hours) => dropoffAt + hours * HOUR_MS)
  const booking = fc.record({
    accepted: fc.constant(true),
    dropoffAt: fc.constant(dropoffAt),
    endedAt: fc.option(instant),
    endedBy: fc.option(fc.constantFrom(...bookingSides)),
  })
  fc.assert(
    fc.property(booking, fc.constantFrom(...bookingSides), instant, instant, (found, first, wrote, now) => {
      fc.pre(wrote <= now && reviewRefusal(found, first, null, wrote) === null)
      const visibleAt = wrote + REVIEW_MS
      const answer = reviewRefusal(found, otherSide(first), visibleAt, now)
      if (now >= visibleAt) expect(answer).not.toBeNull()
      // And before that the first review takes nothing from the other side.
      else expect(answer).toBe(reviewRefusal(found, otherSide(first), null, now))
    }),
  )
})
