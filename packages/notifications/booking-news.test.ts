import { expect, test } from 'vitest'
import { bookingStates } from '#packages/booking/states.ts'
import { type BookingFacts, bookingNews } from './booking-news.ts'

const at = Date.UTC(2026, 11, 1)
const HOUR_MS = 3600_000
const facts: BookingFacts = {
  ...{ bookingId: 'b', rideId: 'r', driverId: 'driver', passengerId: 'passenger' },
  ...{
    state: 'confirmed',
    previous: 'pending',
    moved: true,
    actorId: 'driver',
    rideChanged: false,
    rideCancelled: false,
  },
  ...{ expiresAt: null, pickupAt: new Date(at + 5 * HOUR_MS), arrivesAt: new Date(at + 9 * HOUR_MS) },
}
const told = (more: Partial<BookingFacts>) =>
  bookingNews({ ...facts, ...more }, at).map(({ kind, userId }) => `${kind} to ${userId}`)

test.each<[string, Partial<BookingFacts>, string[]]>([
  ['an offer', { state: 'offered', previous: null, actorId: null }, ['seats_offered to passenger']],
  ['a request', { state: 'pending', previous: null, actorId: 'passenger' }, ['booking_requested to driver']],
  ['booked at once', { previous: null, actorId: 'passenger' }, ['booking_made to driver']],
  ['an offer taken up', { previous: 'offered', actorId: 'passenger' }, ['booking_made to driver']],
  ['accepted', {}, ['booking_confirmed to passenger']],
  ['declined', { state: 'rejected' }, ['booking_rejected to passenger']],
  ['withdrawn', { state: 'cancelled', actorId: 'passenger' }, ['booking_withdrawn to driver']],
  ['an offer declined', { state: 'cancelled', previous: 'offered', actorId: 'passenger' }, []],
  ['never paid', { state: 'expired', previous: 'unpaid', actorId: null }, ['payment_missed to passenger']],
  ['withdrawn unpaid', { state: 'cancelled', previous: 'unpaid', actorId: 'passenger' }, []],
  [
    'the ride cancelled before the payment',
    { state: 'expired', previous: 'unpaid', rideCancelled: true },
    ['ride_cancelled to passenger'],
  ],
  [
    'the ride started before the payment',
    { state: 'expired', previous: 'unpaid' },
    ['payment_missed to passenger'],
  ],
  ['seats held for a payment', { state: 'unpaid', previous: null, actorId: 'passenger' }, []],
  ['paid', { previous: 'unpaid', actorId: null }, ['booking_made to driver']],
  ['the ride cancelled', { state: 'cancelled', previous: 'confirmed' }, ['ride_cancelled to passenger']],
  ['not answered', { state: 'expired', actorId: null }, ['booking_expired to passenger']],
  ['an offer lapsed', { state: 'expired', previous: 'offered', actorId: null }, []],
  ['on board', { state: 'boarded', previous: 'confirmed' }, []],
  ['not there', { state: 'no_show', previous: 'confirmed' }, ['marked_absent to passenger']],
  ['arrived', { state: 'completed', previous: 'boarded' }, ['review_due to driver', 'review_due to passenger']],
  ['a change that matters', { moved: false, rideChanged: true }, ['ride_changed to passenger']],
  ['a change that does not', { moved: false }, []],
])('%s', (_, more, news) => {
  expect(told(more)).toEqual(news)
})

test('nobody is told of what they did themselves, and everybody of somebody else', () => {
  for (const state of bookingStates)
    for (const actorId of ['driver', 'passenger'])
      for (const { userId, data, kind } of bookingNews({ ...facts, state, actorId }, at)) {
        expect(data['personId']).toBe(userId === 'driver' ? 'passenger' : 'driver')
        if (kind !== 'review_due' && ['confirmed', 'cancelled'].includes(state))
          expect(userId).not.toBe(actorId)
      }
})

test('each matters until what it hangs on, and belongs to the thread of its booking', () => {
  const [request] = bookingNews(
    { ...facts, state: 'pending', actorId: 'passenger', expiresAt: new Date(at + 1000) },
    at,
  )
  expect(request).toMatchObject({
    lateAt: at + 1000,
    data: { thread: 'booking:b', bookingId: 'b', rideId: 'r' },
  })
  expect(bookingNews({ ...facts, actorId: 'passenger' }, at)).toMatchObject([{ lateAt: at + 5 * HOUR_MS }])
  expect(bookingNews(facts, at)).toMatchObject([{ lateAt: at + 9 * HOUR_MS }])
})
