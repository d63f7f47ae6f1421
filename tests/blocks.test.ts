import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, book, findOffer, quoteFor, readBooking, searchFor, sendQuote } from './client/bookings.ts'
import { type Person, signIn, signInDriver, signInMany } from './client/people.ts'
import { completeJourney, getUser, review } from './client/reviews.ts'
import { publishTrip } from './client/trips.ts'

const block = ({ token }: Person, id: string) => call('PUT', `/api/v1/blocks/${id}`, { token })
const unblock = ({ token }: Person, id: string) => call('DELETE', `/api/v1/blocks/${id}`, { token })
const blocks = ({ token }: Person, query = '') => call('GET', `/api/v1/blocks${query}`, { token })
const gone = refusal(404, 'not_found')

test('who is blocked is gone for both, until it is taken back; only the blocker sees that it is so', async () => {
  const [asha, ravi] = [await signInDriver('Asha Rao'), await signIn()]
  for (let n = 0; n < 2; n++) expect((await block(ravi, asha.id)).status).toBe(204)
  expect(await blocks(ravi)).toMatchObject({
    status: 200,
    body: { items: [{ id: asha.id, name: 'Asha', blockedAt: expect.any(String) }], nextCursor: null },
  })
  expect(await blocks(asha)).toMatchObject({ body: { items: [] } })
  expect(await getUser(ravi, asha)).toMatchObject(gone)
  expect(await getUser(asha, ravi)).toMatchObject(gone)
  expect(await call('GET', `/api/v1/users/${ravi.id}/reviews`, { token: asha.token })).toMatchObject(gone)

  // Both did; one alone opens nothing.
  expect((await block(asha, ravi.id)).status).toBe(204)
  expect((await unblock(ravi, asha.id)).status).toBe(204)
  expect(await getUser(ravi, asha)).toMatchObject(gone)
  expect((await unblock(asha, ravi.id)).status).toBe(204)
  expect((await getUser(ravi, asha)).status).toBe(200)
  expect((await getUser(asha, ravi)).status).toBe(200)
})

test('nobody blocks themselves, or somebody who is not there', async () => {
  const person = await signIn()
  expect(await block(person, person.id)).toMatchObject(refusal(409, 'own_account'))
  expect(await block(person, crypto.randomUUID())).toMatchObject(gone)
  expect(await unblock(person, crypto.randomUUID())).toMatchObject(gone)
  expect(await block(person, 'me')).toMatchObject(gone)
  expect(await blocks(person)).toMatchObject({ body: { items: [] } })
  expect((await getUser(person, person)).status).toBe(200)
})

test('neither finds nor books the other, with an offer of before either, until it is taken back', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  for (const [blocker, blocked] of [
    [passenger, trip.driver],
    [trip.driver, passenger],
  ] as const) {
    await block(blocker, blocked.id)
    expect(await findOffer(trip, passenger, searchFor(trip))).toBeUndefined()
    // As if the ride were closed: who blocked whom is nobody's business.
    expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'ride_departed'))
    await unblock(blocker, blocked.id)
  }
  expect(await findOffer(trip, passenger, searchFor(trip))).toBeDefined()
  expect((await sendQuote(passenger, quote)).status).toBe(201)
})

test('a booking that they have stays, and so do the reviews of it', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  await block(passenger, trip.driver.id)
  expect(await readBooking(booking, trip.driver)).toMatchObject({ state: 'confirmed' })
  expect(await actOn(booking, passenger, 'cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } })
  const past = await completeJourney()
  await block(past.driver, past.passenger.id)
  await review(past.passenger, past.booking, 1)
  expect(await review(past.driver, past.booking, 1)).toMatchObject({ state: 'published' })
})

test('each blocks the other at once, and nobody waits for ever', async () => {
  const [a, b] = await signInMany(2)
  if (!a || !b) throw new Error('nobody came')
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, n) => (n % 2 === 0 ? block(a, b.id) : block(b, a.id))),
  )
  for (const { status } of replies) expect(status).toBe(204)
  for (const who of [a, b]) expect(await blocks(who)).toMatchObject({ body: { items: [{}] } })
})

test('the list comes in pages, each person once', async () => {
  const [person, ...others] = await signInMany(4)
  if (!person) throw new Error('nobody came')
  for (const { id } of others) await block(person, id)
  const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })
  const first = expectBody(await blocks(person, '?limit=2'), 200, Page)
  const second = expectBody(await blocks(person, `?limit=2&cursor=${first.nextCursor}`), 200, Page)
  const ids = [...first.items, ...second.items].map(({ id }) => id)
  expect(ids.toSorted()).toEqual(others.map(({ id }) => id).toSorted())
  expect(second.nextCursor).toBeNull()
})
