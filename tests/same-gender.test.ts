import { expect, test } from 'vitest'
import { z } from 'zod'
import { readAlert, ridesOf, saveAlert, wishAlong } from './client/alerts.ts'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, Booking, book, findOffer, quoteFor, readBooking, searchFor } from './client/bookings.ts'
import { patiently } from './client/chat.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { newCorridor, publishTrip, type Trip } from './client/trips.ts'
import { offerTo, stateOf } from './client/waitlist.ts'

type Gender = 'female' | 'male' | 'other' | null

const setGender = ({ token }: Person, gender: Gender) =>
  call('PUT', '/api/v1/auth/profile', { token, body: { gender } })

/** As `setGender`, which must work; asked again while the system is too busy. */
async function say(person: Person, gender: Gender): Promise<void> {
  expect((await patiently(() => setGender(person, gender))).status).toBe(200)
}

async function signInAs(gender: Gender): Promise<Person> {
  const person = await signIn()
  await say(person, gender)
  return person
}

/** A ride that a woman drives. */
async function publishByWoman(seats = 3): Promise<Trip> {
  const trip = await publishTrip({ seats })
  await say(trip.driver, 'female')
  return trip
}

const send = ({ token }: Person, path: string, quote: string, sameGender: unknown) =>
  call('POST', `/api/v1/bookings${path}`, { token, body: { quote, sameGender } })

/** Books a part of a trip with the wish; must work. */
async function bookWish(trip: Trip, person: Person, part = {}): Promise<Booking> {
  return Booking.parse((await send(person, '', await quoteFor(trip, person, part), true)).body)
}

const offer = (trip: Trip, person: Person, filters = {}, part = {}) =>
  findOffer(trip, person, { ...searchFor(trip, part), filters })

test('who wishes it rides with people of their own gender only, on their legs', async () => {
  const trip = await publishByWoman()
  const [wisher, woman, man] = [await signInAs('female'), await signInAs('female'), await signInAs('male')]
  const early = await quoteFor(trip, man)
  const booking = await bookWish(trip, wisher, { from: 0, to: 2 })
  expect(await readBooking(booking, trip.driver)).toMatchObject({ sameGender: true, state: 'confirmed' })
  // What one is offered one can book: not those legs, but the others.
  expect(await offer(trip, man)).toBeUndefined()
  expect(await send(man, '', early, false)).toMatchObject(refusal(409, 'same_gender_ride'))
  expect(await offer(trip, man, {}, { from: 2 })).toMatchObject({ sameGenderOnly: false })
  expect(await book(trip, man, { from: 2 })).toMatchObject({ sameGender: false })
  expect(await offer(trip, woman)).toMatchObject({ sameGenderOnly: true })
  expect(await book(trip, woman)).toMatchObject({ state: 'confirmed', sameGender: false })
  // Without the wish the legs are anybody's again.
  await actOn(booking, wisher, 'cancel')
  expect(await offer(trip, await signInAs('male'))).toMatchObject({ sameGenderOnly: false })
})

test('where it cannot hold it is refused, and the search for it knows', async () => {
  const trip = await publishByWoman()
  const [wisher, man] = [await signInAs('female'), await signInAs('male')]
  const wish = { sameGender: true }
  expect(await offer(trip, wisher, wish)).toBeDefined()
  expect(await offer(trip, man, wish)).toBeUndefined()
  expect(await send(man, '', await quoteFor(trip, man), true)).toMatchObject(
    refusal(409, 'same_gender_not_possible'),
  )
  await book(trip, man, { from: 0, to: 1 })
  expect(await offer(trip, wisher, wish)).toBeUndefined()
  expect(await offer(trip, wisher, wish, { from: 1 })).toBeDefined()
  expect(await send(wisher, '', await quoteFor(trip, wisher), true)).toMatchObject(
    refusal(409, 'same_gender_not_possible'),
  )
  const unsaid = await signIn()
  expect(await offer(trip, unsaid, wish, { from: 1 })).toBeUndefined()
  expect(await send(unsaid, '', await quoteFor(trip, unsaid, { from: 1 }), true)).toMatchObject(
    refusal(409, 'same_gender_not_possible'),
  )
  expect(await send(wisher, '', await quoteFor(trip, wisher), 'yes')).toMatchObject(fieldRefusal('sameGender'))
})

test('a wish goes along to the waitlist, and nobody waits with one that the driver cannot fulfil', async () => {
  const trip = await publishByWoman(1)
  const [holder, wisher, man] = [await signInAs('male'), await signInAs('female'), await signInAs('male')]
  const quotes = [await quoteFor(trip, wisher), await quoteFor(trip, man)] as const
  const booking = await book(trip, holder)
  expect(await send(man, '/waitlist', quotes[1], true)).toMatchObject(refusal(409, 'same_gender_not_possible'))
  expect(await send(wisher, '/waitlist', quotes[0], true)).toMatchObject({
    status: 201,
    body: { sameGender: true, state: 'waiting' },
  })
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => stateOf(wisher)).toBe('offered')
  expect(await actOn(await offerTo(wisher), wisher, 'take-up')).toMatchObject({
    status: 200,
    body: { sameGender: true, state: 'confirmed' },
  })
})

test('of a ride hears who saved a search for it and can ride there', async () => {
  const stops = newCorridor()
  const saved: { person: Person; filters: object; id: string }[] = []
  for (const [gender, filters] of [
    ['female', { sameGender: true }],
    ['male', { sameGender: true }],
    [null, { sameGender: true }],
    ['male', {}],
  ] as const) {
    const person = await signInAs(gender)
    saved.push({ person, filters, id: (await saveAlert(person, wishAlong(stops, { filters }))).id })
  }
  const driver = await signInDriver()
  await say(driver, 'female')
  const trip = await publishTrip({ driver, stops })
  const found = () => Promise.all(saved.map(async ({ person, id }) => (await readAlert(person, id)).matches))
  await expect.poll(found).toEqual([1, 0, 0, 1])
  await bookWish(trip, await signInAs('female'))
  for (const [gender, filters, matches] of [
    ['female', { sameGender: true }, 1],
    ['female', {}, 1],
    ['male', {}, 0],
    [null, {}, 0],
  ] as const)
    expect(await saveAlert(await signInAs(gender), wishAlong(stops, { filters }))).toMatchObject({ matches })
  // What was found can be booked no more by who is not like her.
  const offers = await Promise.all(saved.map(({ person, id }) => ridesOf(person, id)))
  expect(offers).toEqual([[trip.rideId], [], [], []])
})

test('who drives or rides with somebody who wishes it stays what they said until that is over', async () => {
  const trip = await publishByWoman()
  const [wisher, beside] = [await signInAs('female'), await signInAs('female')]
  await book(trip, beside)
  expect((await setGender(beside, 'other')).status).toBe(200)
  await say(beside, 'female')
  const booking = await bookWish(trip, wisher)
  for (const person of [wisher, beside, trip.driver])
    for (const gender of ['male', null] as const)
      expect(await setGender(person, gender)).toMatchObject(refusal(409, 'same_gender_promised'))
  expect((await setGender(beside, 'female')).status).toBe(200)
  await actOn(booking, wisher, 'cancel')
  for (const person of [wisher, beside, trip.driver]) expect((await setGender(person, 'male')).status).toBe(200)
})

test('somebody who wishes it and somebody else at once: one of them rides', async () => {
  for (let round = 0; round < 5; round++) {
    const trip = await publishByWoman()
    const [wisher, man] = [await signInAs('female'), await signInAs('male')]
    const quotes = [await quoteFor(trip, wisher), await quoteFor(trip, man)] as const
    const replies = await Promise.all([send(wisher, '', quotes[0], true), send(man, '', quotes[1], false)])
    expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    const lost = replies.find(({ status }) => status === 409)
    const { code } = z.looseObject({ code: z.string() }).parse(lost?.body)
    expect(['same_gender_ride', 'same_gender_not_possible']).toContain(code)
    // Who it is, nobody is told.
    expect(JSON.stringify(lost?.body)).not.toContain(wisher.id)
  }
})

test('whose wish it is a stranger does not see', async () => {
  const trip = await publishByWoman()
  const booking = await bookWish(trip, await signInAs('female'))
  const stranger = await signInAs('female')
  const { token } = stranger
  expect(await call('GET', `/api/v1/bookings/${booking.id}`, { token })).toMatchObject(
    refusal(404, 'not_found'),
  )
  expect(JSON.stringify(await offer(trip, stranger))).not.toMatch(/aboard|gender"/)
})
