import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, findOffer, quoteFor, searchFor, sendQuote } from './client/bookings.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { completeJourney, review } from './client/reviews.ts'
import { inMinutes, publishTrip } from './client/trips.ts'
import { fullTrip, joinWaitlist, offerTo, sendToWaitlist, stateOf } from './client/waitlist.ts'

const block = ({ token }: Person, { id }: Person) => call('PUT', `/api/v1/blocks/${id}`, { token })
const unblock = ({ token }: Person, { id }: Person) => call('DELETE', `/api/v1/blocks/${id}`, { token })

test('a driver’s rating is shown and can be asked for; who has none yet is left out then, and first-rate comes first', async () => {
  const rated = await signInDriver()
  for (const stars of [5, 4]) {
    const journey = await completeJourney({ driver: rated })
    await review(journey.passenger, journey.booking, stars)
    await review(journey.driver, journey.booking, 5)
  }
  const trip = await publishTrip({ driver: rated, departsAt: inMinutes(600) })
  const unrated = await publishTrip({ stops: trip.stops, departsAt: inMinutes(600) })
  const passenger = await signIn()
  const find = (of: typeof trip, filters = {}) => findOffer(of, passenger, { ...searchFor(trip), filters })

  expect(await find(trip)).toMatchObject({ driver: { id: rated.id, rating: { average: 4.5, count: 2 } } })
  expect(await find(unrated)).toMatchObject({ driver: { rating: { average: null, count: 0 } } })
  expect(await find(trip, { minRating: 4.5 })).toBeDefined()
  expect(await find(trip, { minRating: 4.6 })).toBeUndefined()
  expect(await find(unrated, { minRating: 1 })).toBeUndefined()
  const ranked = await call('POST', '/api/v1/routes/search', {
    token: passenger.token,
    body: { ...searchFor(trip), sort: 'rating' },
  })
  expect(ranked.body).toMatchObject({ items: [{ rideId: trip.rideId }, { rideId: unrated.rideId }] })
  for (const minRating of [0, 5.1, '4'])
    expect(
      await call('POST', '/api/v1/routes/search', {
        token: passenger.token,
        body: { ...searchFor(trip), filters: { minRating } },
      }),
    ).toMatchObject(fieldRefusal('filters.minRating'))
})

test.each(['the passenger', 'the driver'])(
  'who is blocked by %s is offered nothing and books nothing, and is not told why',
  async (by) => {
    const trip = await publishTrip()
    const [passenger, other] = [await signIn(), await signIn()]
    const find = (who: Person) => findOffer(trip, who, searchFor(trip))
    const quote = await quoteFor(trip, passenger)
    const pair: [Person, Person] = by === 'the driver' ? [trip.driver, passenger] : [passenger, trip.driver]
    await block(...pair)
    expect(await find(passenger)).toBeUndefined()
    expect(await find(other)).toBeDefined()
    expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'ride_departed'))
    expect(await sendToWaitlist(passenger, quote)).toMatchObject(refusal(409, 'ride_departed'))
    await unblock(...pair)
    expect(await find(passenger)).toBeDefined()
    expect((await sendQuote(passenger, quote)).status).toBe(201)
  },
)

test('who waits and is blocked is passed over, and an offer of before is not taken up', async () => {
  const { trip, holder, booking, others } = await fullTrip(2)
  const [first, second] = others
  if (!first || !second) throw new Error('nobody came')
  for (const { person, quote } of others) await joinWaitlist(person, quote)
  await block(trip.driver, first.person)
  expect((await actOn(booking, holder, 'cancel')).status).toBe(200)
  await expect.poll(() => stateOf(second.person)).toBe('offered')
  expect(await stateOf(first.person)).toBe('waiting')
  const offer = await offerTo(second.person)
  await block(second.person, trip.driver)
  expect(await actOn(offer, second.person, 'take-up')).toMatchObject(refusal(409, 'ride_departed'))
})
