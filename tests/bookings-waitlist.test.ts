import { expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, book, quoteFor, readBooking, sendQuote } from './client/bookings.ts'
import { LiveClient } from './client/live-client.ts'
import { signIn, signInMany } from './client/people.ts'
import { moveRide, publishTrip, seatsTaken } from './client/trips.ts'
import {
  fullTrip,
  joinWaitlist,
  leaveWaitlist,
  listWaitlist,
  offerTo,
  sendToWaitlist,
  stateOf,
} from './client/waitlist.ts'

const MINUTE_MS = 60_000

test('who waits longest is offered the seat, which is theirs when they take it up', async () => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  const driver = await LiveClient.join(trip, { token: trip.driver.token })
  expect(await joinWaitlist(first.person, first.quote)).toMatchObject({
    ...{ state: 'waiting', ahead: 0, seats: 1, legs: { from: 0, to: 3 }, bookingId: null },
    ride: { id: trip.rideId, status: 'scheduled', departsAt: trip.departsAt },
  })
  expect(await joinWaitlist(second.person, second.quote)).toMatchObject({ state: 'waiting', ahead: 1 })

  expect((await actOn(booking, holder, 'cancel')).status).toBe(200)
  await expect.poll(() => stateOf(first.person)).toBe('offered')
  expect(await listWaitlist(second.person)).toMatchObject({ items: [{ state: 'waiting', ahead: 0 }] })
  const offer = await offerTo(first.person)
  expect(offer).toMatchObject({
    ...{ state: 'offered', boardingCode: null, driver: { phone: null }, passenger: { id: first.person.id } },
    history: [{ state: 'offered', by: null }],
  })
  const held = Date.parse(String(offer['expiresAt'])) - Date.now()
  expect(held).toBeGreaterThan(5 * MINUTE_MS)
  expect(held).toBeLessThanOrEqual(15 * MINUTE_MS)
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
  await driver.until(() => driver.heard('booking').some(({ state }) => state === 'offered'))
  driver.hangUp()

  expect(await actOn(offer, second.person, 'take-up')).toMatchObject(refusal(404, 'not_found'))
  expect(await actOn(offer, first.person, 'take-up')).toMatchObject({
    status: 200,
    body: {
      ...{ state: 'confirmed', expiresAt: null, boardingCode: expect.stringMatching(/^\d{4}$/) },
      history: [{ state: 'offered' }, { state: 'confirmed', by: 'passenger' }],
    },
  })
  expect(await actOn(offer, first.person, 'take-up')).toMatchObject(refusal(409, 'booking_not_offered'))
  expect(await stateOf(first.person)).toBe('booked')

  await actOn(offer, first.person, 'cancel')
  await expect.poll(() => stateOf(second.person)).toBe('offered')
})

test('on an approval route the driver answers who took an offer up, not before', async () => {
  const { trip, booking, others } = await fullTrip(1, { bookingMode: 'approval' })
  const [waiting] = others
  if (!waiting) throw new Error('nobody came')
  await joinWaitlist(waiting.person, waiting.quote)
  expect((await actOn(booking, trip.driver, 'reject')).status).toBe(200)
  await expect.poll(() => stateOf(waiting.person)).toBe('offered')
  const offer = await offerTo(waiting.person)
  for (const [action, code] of [
    ['accept', 'booking_not_pending'],
    ['reject', 'booking_not_pending'],
    ['absent', 'booking_not_confirmed'],
  ] as const)
    expect(await actOn(offer, trip.driver, action)).toMatchObject(refusal(409, code))
  expect(await actOn(offer, waiting.person, 'take-up')).toMatchObject({
    status: 200,
    body: { state: 'pending', expiresAt: expect.any(String), boardingCode: null },
  })
  expect(await actOn(offer, trip.driver, 'accept')).toMatchObject({ body: { state: 'confirmed' } })
})

test('an offer that is given up goes to the next, and its quote is used up', async () => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  const entry = await joinWaitlist(first.person, first.quote)
  await joinWaitlist(second.person, second.quote)
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => stateOf(first.person)).toBe('offered')
  const offer = await offerTo(first.person)
  expect(await leaveWaitlist(first.person, entry)).toMatchObject(refusal(409, 'not_waiting'))
  expect(await actOn(offer, first.person, 'cancel')).toMatchObject({
    status: 200,
    body: { state: 'cancelled', cancelledBy: 'passenger', refund: { reason: 'not_accepted' } },
  })
  expect(await stateOf(first.person)).toBe('left')
  await expect.poll(() => stateOf(second.person)).toBe('offered')
  // The quote became the offer; with it nothing more is to be had.
  expect(await sendToWaitlist(first.person, first.quote)).toMatchObject(refusal(409, 'quote_used'))
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('nobody slips in between a seat that comes free and who waits for it', async () => {
  const { trip, holder, booking, others } = await fullTrip(6)
  const [waiting, ...strangers] = others
  if (!waiting) throw new Error('nobody came')
  await joinWaitlist(waiting.person, waiting.quote)
  const [cancelled, ...booked] = await Promise.all([
    actOn(booking, holder, 'cancel'),
    ...strangers.map(({ person, quote }) => sendQuote(person, quote)),
  ])
  expect(cancelled?.status).toBe(200)
  for (const reply of booked) expect(reply).toMatchObject(refusal(409, 'ride_full'))
  await expect.poll(() => stateOf(waiting.person)).toBe('offered')
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('the first whom the free seats suffice is offered them, and later others what is left', async () => {
  const trip = await publishTrip({ seats: 2 })
  const [pair, short, a, b] = await signInMany(4)
  if (!pair || !short || !a || !b) throw new Error('nobody came')
  const quotes = [await quoteFor(trip, pair, { seats: 2 }), await quoteFor(trip, short, { to: 1 })]
  const [one, other] = [await book(trip, a), await book(trip, b)]
  await joinWaitlist(pair, quotes[0] ?? '')
  await joinWaitlist(short, quotes[1] ?? '')
  await actOn(one, a, 'cancel')
  await expect.poll(() => stateOf(short)).toBe('offered')
  expect(await stateOf(pair)).toBe('waiting')
  await actOn(await offerTo(short), short, 'cancel')
  await actOn(other, b, 'cancel')
  await expect.poll(() => stateOf(pair)).toBe('offered')
  expect(await seatsTaken(trip)).toEqual([2, 2, 2])
})

test('seats that come free at once are offered once each', async () => {
  const trip = await publishTrip({ seats: 3 })
  const people = await signInMany(8)
  const quotes = await Promise.all(people.map((person) => quoteFor(trip, person)))
  const seated = people.slice(0, 3)
  const bookings = []
  for (const person of seated) bookings.push(await book(trip, person))
  for (const [n, person] of people.entries()) if (n >= 3) await joinWaitlist(person, quotes[n] ?? '')
  await Promise.all(bookings.map((booking, n) => actOn(booking, seated[n] ?? trip.driver, 'cancel')))
  const waiting = people.slice(3)
  const offers = () => Promise.all(waiting.map(stateOf))
  await expect.poll(offers).toEqual(['offered', 'offered', 'offered', 'waiting', 'waiting'])
  expect(await seatsTaken(trip)).toEqual([3, 3, 3])
})

test('who leaves is passed over', async () => {
  const { holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  const entry = await joinWaitlist(first.person, first.quote)
  await joinWaitlist(second.person, second.quote)
  expect(await leaveWaitlist(second.person, entry)).toMatchObject(refusal(404, 'not_found'))
  expect((await leaveWaitlist(first.person, entry)).status).toBe(204)
  expect(await leaveWaitlist(first.person, entry)).toMatchObject(refusal(409, 'not_waiting'))
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => stateOf(second.person)).toBe('offered')
  expect(await stateOf(first.person)).toBe('left')
})

test('who books another part of the ride waits no more', async () => {
  const trip = await publishTrip({ seats: 1 })
  const [holder, waiting] = await signInMany(2)
  if (!holder || !waiting) throw new Error('nobody came')
  const quote = await quoteFor(trip, waiting)
  await book(trip, holder, { to: 2 })
  await joinWaitlist(waiting, quote)
  const { id } = await book(trip, waiting, { from: 2 })
  expect(await listWaitlist(waiting)).toMatchObject({ items: [{ state: 'booked', bookingId: id }] })
})

test.each(['start', 'cancel'] as const)('with the %s of the ride all waiting is over', async (action) => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  for (const { person, quote } of others) await joinWaitlist(person, quote)
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => stateOf(first.person)).toBe('offered')
  const offer = await offerTo(first.person)
  expect((await moveRide(trip, action)).status).toBe(200)
  for (const { person } of others) expect(await stateOf(person)).toBe('lapsed')
  expect(await readBooking(offer, first.person)).toMatchObject({
    ...{ state: 'expired', expiresAt: null, cancelledBy: null },
    history: [{ state: 'offered' }, { state: 'expired', by: 'driver' }],
  })
  expect(await actOn(offer, first.person, 'take-up')).toMatchObject(refusal(409, 'booking_expired'))
  expect(await seatsTaken(trip)).toEqual([0, 0, 0])
})

test('waiting is refused by name', async () => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [waiting, early] = others
  if (!waiting || !early) throw new Error('nobody came')
  await joinWaitlist(waiting.person, waiting.quote)
  expect(await sendToWaitlist(waiting.person, waiting.quote)).toMatchObject(refusal(409, 'already_waiting'))
  expect(await sendToWaitlist(early.person, waiting.quote)).toMatchObject(refusal(422, 'quote_invalid'))
  expect(await sendToWaitlist(early.person, 'not a quote of anybody')).toMatchObject(
    refusal(422, 'quote_invalid'),
  )
  const other = await publishTrip()
  expect(await sendToWaitlist(holder, await quoteFor(other, holder))).toMatchObject(
    refusal(409, 'seats_available'),
  )
  const second = await quoteFor(other, holder, { to: 1 })
  await book(other, holder)
  expect(await sendToWaitlist(holder, second)).toMatchObject(refusal(409, 'already_booked'))
  expect((await actOn(booking, holder, 'cancel')).status).toBe(200)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await sendToWaitlist(early.person, early.quote)).toMatchObject(refusal(409, 'ride_departed'))
  const missing = { id: crypto.randomUUID(), state: '', boardingCode: null, seatIds: [] }
  expect(await actOn(missing, holder, 'take-up')).toMatchObject(refusal(404, 'not_found'))
  expect(await actOn(booking, holder, 'take-up')).toMatchObject(refusal(409, 'booking_not_active'))
})

test('everybody sees only where they wait themselves, in pages and by state', async () => {
  const person = await signIn()
  for (let n = 0; n < 3; n++) {
    const trip = await publishTrip({ seats: 1 })
    const quote = await quoteFor(trip, person)
    await book(trip, await signIn())
    const entry = await joinWaitlist(person, quote)
    if (n === 1) await leaveWaitlist(person, entry)
  }
  const first = await listWaitlist(person, '?limit=2')
  const second = await listWaitlist(person, `?limit=2&cursor=${first.nextCursor}`)
  const states = [...first.items, ...second.items].map(({ state }) => state)
  expect(states).toEqual(['waiting', 'left', 'waiting'])
  expect((await listWaitlist(person, '?state=left')).items).toHaveLength(1)
  expect((await listWaitlist(await signIn())).items).toEqual([])
  const bad = await call('GET', '/api/v1/bookings/waitlist?state=lost', { token: person.token })
  expect(bad).toMatchObject(refusal(422, 'invalid_fields'))
})

test('one quote lined up many times at once waits once', async () => {
  const { others } = await fullTrip(1)
  const [waiting] = others
  if (!waiting) throw new Error('nobody came')
  const replies = await Promise.all(
    Array.from({ length: 6 }, () => sendToWaitlist(waiting.person, waiting.quote)),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await listWaitlist(waiting.person)).items).toHaveLength(1)
})

test('an offer taken up and cancelled at once ends cancelled, and its seat is the next one’s', async () => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  for (const { person, quote } of others) await joinWaitlist(person, quote)
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => stateOf(first.person)).toBe('offered')
  const offer = await offerTo(first.person)
  const [, cancelled] = await Promise.all([
    actOn(offer, first.person, 'take-up'),
    actOn(offer, first.person, 'cancel'),
  ])
  expect(cancelled?.status).toBe(200)
  await expect.poll(() => stateOf(second.person)).toBe('offered')
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})
