import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { signIn } from './client/people.ts'
import { completeJourney, getReview, ratingsOf, review, reviewsOf, said, sendReview } from './client/reviews.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const none = { average: null, count: 0 }

test('a review is its author’s alone until the other side has written, and then everybody’s', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const stranger = await signIn()
  const text = 'Two lines\nof <b>praise</b> & "more"; drop table reviews;'
  const first = await review(passenger, booking, 5, { text, tags: ['safe_driving', 'punctual'] })
  expect(first).toMatchObject({
    ...{ state: 'waiting', by: 'passenger', bookingId: booking.id, stars: 5, text, reply: null },
    tags: ['safe_driving', 'punctual'],
    author: { id: passenger.id },
    about: { id: driver.id, name: 'Asha' },
  })
  const days = (Date.parse(first.visibleAt) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(14.9)
  expect(days).toBeLessThanOrEqual(15)
  for (const other of [driver, stranger])
    expect(await getReview(other, first.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await reviewsOf(driver, booking)).toMatchObject({
    body: { mine: null, theirs: null, theyWrote: true, mayWrite: true, reason: null },
  })
  expect(await reviewsOf(passenger, booking)).toMatchObject({
    body: { mine: { id: first.id }, theyWrote: false, mayWrite: false, reason: 'already_reviewed' },
  })
  expect(await ratingsOf(driver, stranger)).toEqual({ driver: none, passenger: none })

  const second = await review(driver, booking, 2, { tags: ['late'], text: null })
  expect(second).toMatchObject({ state: 'published', by: 'driver', text: null })
  expect(await getReview(stranger, first.id)).toMatchObject({
    status: 200,
    body: { state: 'published', text, bookingId: null, visibleAt: second.visibleAt },
  })
  expect(await reviewsOf(passenger, booking)).toMatchObject({ body: { theirs: { id: second.id, stars: 2 } } })
  expect(await ratingsOf(driver, stranger)).toEqual({ driver: { average: 5, count: 1 }, passenger: none })
  expect(await ratingsOf(passenger, stranger)).toEqual({ driver: none, passenger: { average: 2, count: 1 } })
})

test('ratings stand where people meet', async () => {
  const { booking, driver, passenger, trip } = await completeJourney()
  await Promise.all([review(passenger, booking, 4), review(driver, booking, 3)])
  const [asDriver, asPassenger] = [
    { average: 4, count: 1 },
    { average: 3, count: 1 },
  ]
  const read = (path: string, token = passenger.token) => call('GET', `/api/v1/${path}`, { token })
  const shown = { status: 200, body: { driver: { id: driver.id, rating: asDriver } } }
  expect(await read(`routes/${trip.routeId}`)).toMatchObject(shown)
  expect(await read(`rides/${trip.rideId}`)).toMatchObject(shown)
  expect(await read(`bookings/${booking.id}`, driver.token)).toMatchObject({
    body: { ...shown.body, passenger: { id: passenger.id, rating: asPassenger } },
  })
  expect(await read('driver/profile', driver.token)).toMatchObject({ body: { rating: asDriver } })
  expect(await read('driver/stats', driver.token)).toMatchObject({ body: { rating: asDriver } })
  expect(await read(`users/${driver.id}`)).toMatchObject({
    status: 200,
    body: { name: 'Asha', isDriver: true, ridesDriven: 1, ridesTaken: 0, ratings: { driver: asDriver } },
  })
  expect(JSON.stringify((await read(`users/${driver.id}`)).body)).not.toContain('+91')
})

test('it is refused where nothing was agreed, too early, twice, and to strangers', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [passenger, stranger] = [await signIn(), await signIn()]
  const booking = await book(trip, passenger)
  const write = (who = passenger) => sendReview(who, booking, said(3))
  expect(await write()).toMatchObject(refusal(403, 'review_not_allowed'))
  await actOn(booking, trip.driver, 'accept')
  expect(await write()).toMatchObject(refusal(409, 'review_too_early'))
  expect(await write(trip.driver)).toMatchObject(refusal(409, 'review_too_early'))
  expect(await write(stranger)).toMatchObject(refusal(404, 'not_found'))
  expect(await reviewsOf(stranger, booking)).toMatchObject(refusal(404, 'not_found'))
  expect(await sendReview(passenger, { id: crypto.randomUUID() }, said(3))).toMatchObject(
    refusal(404, 'not_found'),
  )
  await moveRide(trip, 'cancel')
  // Cancelling the ride is no way out of being reviewed.
  expect(await write(trip.driver)).toMatchObject(refusal(409, 'review_too_early'))
  expect((await write()).status).toBe(201)
  expect(await write()).toMatchObject(refusal(409, 'already_reviewed'))
})

test('who was turned down reviews nobody', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  await actOn(booking, trip.driver, 'reject')
  for (const side of [passenger, trip.driver])
    expect(await sendReview(side, booking, said(1))).toMatchObject(refusal(403, 'review_not_allowed'))
})

test('what is said has one to five stars and the tags of that side', async () => {
  const { booking, driver, passenger } = await completeJourney()
  for (const stars of [0, 6, 2.5])
    expect(await sendReview(passenger, booking, said(stars))).toMatchObject(fieldRefusal('stars'))
  const send = (who: typeof driver, tags: string[]) => sendReview(who, booking, said(4, { tags }))
  expect(await send(passenger, ['punctual', 'left_a_mess'])).toMatchObject(fieldRefusal('tags.1'))
  expect(await send(driver, ['dirty_vehicle'])).toMatchObject(fieldRefusal('tags.0'))
  expect(await send(driver, ['punctual', 'punctual'])).toMatchObject(fieldRefusal('tags'))
  expect(await send(driver, ['handsome'])).toMatchObject(fieldRefusal('tags.0'))
  for (const text of ['', '  ', 'x'.repeat(1001), 'a\u0000b', 'a\u001bb'])
    expect(await sendReview(passenger, booking, said(4, { text }))).toMatchObject(fieldRefusal('text'))
  expect(await reviewsOf(passenger, booking)).toMatchObject({ body: { mine: null, mayWrite: true } })
})

test('it is said again as long as nobody can have read it', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const mine = await review(passenger, booking, 1)
  const edit = (who: typeof driver, body: object = said(4, { text: 'Slept over it' })) =>
    call('PUT', `/api/v1/reviews/${mine.id}`, { token: who.token, body })
  expect(await edit(passenger)).toMatchObject({ status: 200, body: { stars: 4, text: 'Slept over it' } })
  expect(await edit(driver)).toMatchObject(refusal(404, 'not_found'))
  expect(await edit(passenger, said(4, { tags: ['left_a_mess'] }))).toMatchObject(fieldRefusal('tags.0'))
  await review(driver, booking, 5)
  expect(await edit(passenger)).toMatchObject(refusal(409, 'review_published'))
  expect(await edit(driver)).toMatchObject(refusal(404, 'not_found'))
  expect(await ratingsOf(driver, passenger)).toMatchObject({ driver: { average: 4, count: 1 } })
})

test('who a review is about replies once, for all to read', async () => {
  const { booking, driver, passenger } = await completeJourney()
  const mine = await review(passenger, booking, 2)
  const reply = (who: typeof driver, text: string) =>
    call('POST', `/api/v1/reviews/${mine.id}/reply`, { token: who.token, body: { text } })
  expect(await reply(driver, 'Not yet')).toMatchObject(refusal(404, 'not_found'))
  await review(driver, booking, 5)
  for (const other of [passenger, await signIn()])
    expect(await reply(other, 'Mine')).toMatchObject(refusal(404, 'not_found'))
  expect(await reply(driver, '')).toMatchObject(fieldRefusal('text'))
  const replies = await Promise.all(['There was a\njam', 'Second thoughts'].map((text) => reply(driver, text)))
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(await reply(driver, 'Again')).toMatchObject(refusal(409, 'review_replied'))
  const kept = replies.find(({ status }) => status === 200)
  expect(await getReview(await signIn(), mine.id)).toMatchObject({
    body: { reply: z.object({ reply: z.unknown() }).parse(kept?.body).reply },
  })
})

test('lists come in pages, each review once, and hold what may be read', async () => {
  const { driver, passenger, booking } = await completeJourney()
  const journeys = [booking]
  for (let n = 0; n < 2; n++) journeys.push((await completeJourney({ driver, passenger })).booking)
  const [open, ...answered] = journeys
  const ids: string[] = []
  for (const each of answered) {
    ids.unshift((await review(passenger, each, 4)).id)
    await review(driver, each, 5)
  }
  const waiting = open && (await review(passenger, open, 1))
  const Page = z.object({
    items: z.array(z.looseObject({ id: z.string() })),
    nextCursor: z.string().nullable(),
  })
  const list = async (path: string, token = driver.token) => {
    const found: string[] = []
    let cursor: string | null = null
    do {
      const query = new URLSearchParams({ limit: '1', ...(cursor !== null && { cursor }) })
      const url = `/api/v1/${path}${path.includes('?') ? '&' : '?'}${query}`
      const page: z.infer<typeof Page> = expectBody(await call('GET', url, { token }), 200, Page)
      found.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor !== null)
    return found
  }
  expect(await list('reviews')).toEqual(ids)
  expect(await list('reviews?list=written', passenger.token)).toEqual([waiting?.id, ...ids])
  expect(await list(`users/${driver.id}/reviews`, passenger.token)).toEqual(ids)
  expect(await list(`users/${driver.id}/reviews?side=driver`)).toEqual(ids)
  expect(await list(`users/${driver.id}/reviews?side=passenger`)).toEqual([])
  expect(await call('GET', '/api/v1/reviews?cursor=nonsense', { token: driver.token })).toMatchObject(
    refusal(422, 'invalid_cursor'),
  )
  const nobody = `/api/v1/users/${crypto.randomUUID()}/reviews`
  expect(await call('GET', nobody, { token: driver.token })).toMatchObject(refusal(404, 'not_found'))
})
