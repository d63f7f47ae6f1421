import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { book, findOffer, quoteFor, searchFor, sendQuote } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { newCrew, Route } from './client/routes.ts'
import { newRoute, publish, publishTrip, type Trip } from './client/trips.ts'
import { sendToWaitlist } from './client/waitlist.ts'

const setGender = async ({ token }: Person, gender: string | null) => {
  const { status } = await call('PUT', '/api/v1/auth/profile', { token, body: { gender } })
  if (status !== 200) throw new Error(`The profile answered ${status}`)
}

/** A woman's ride in an SUV with music, that the driver has to say yes to. */
async function publishFor(offer: object): Promise<Trip> {
  const { driver, vehicleId } = await newCrew({ kind: 'suv', features: ['music', 'air_conditioning'] })
  await setGender(driver, 'female')
  const route = { ...newRoute(vehicleId), bookingMode: 'approval', ...offer }
  const { id: routeId, rides } = expectBody(await publish(driver, route), 201, Route)
  const [ride] = rides
  if (!ride) throw new Error('The route came without its ride')
  const stops = route.stops.map((stop) => stop.position)
  return { driver, vehicleId, routeId, rideId: ride.id, stops, departsAt: ride.departsAt }
}

test('a ride for women is offered to women, and nobody else books it with an offer of before', async () => {
  const trip = await publishFor({ womenOnly: true })
  const passenger = await signIn()
  const find = () => findOffer(trip, passenger, searchFor(trip))
  for (const gender of [null, 'male', 'other']) {
    await setGender(passenger, gender)
    expect(await find(), String(gender)).toBeUndefined()
  }
  await setGender(passenger, 'female')
  expect(await find()).toMatchObject({ womenOnly: true })
  const quote = await quoteFor(trip, passenger)
  await setGender(passenger, null)
  expect(await sendQuote(passenger, quote)).toMatchObject(refusal(403, 'women_only_ride'))
  expect(await sendToWaitlist(passenger, quote)).toMatchObject(refusal(403, 'women_only_ride'))
  await setGender(passenger, 'female')
  expect((await sendQuote(passenger, quote)).status).toBe(201)
})

test('what is asked for of a ride is what is shown, and nothing else is', async () => {
  const trip = await publishFor({ amenities: ['music', 'child_seat'], luggage: 'large' })
  const passenger = await signIn()
  const find = (filters: object) => findOffer(trip, passenger, { ...searchFor(trip, { seats: 2 }), filters })
  expect(await find({})).toMatchObject({
    amenities: ['music', 'child_seat'],
    luggage: 'large',
    womenOnly: false,
    vehicle: { kind: 'suv' },
    fare: { amount: 20_000 },
  })
  const inr = (amount: number) => ({ amount, currency: 'INR' })
  for (const filters of [
    { amenities: ['child_seat'] },
    { vehicleKinds: ['van', 'suv'] },
    { maxFare: inr(20_000) },
    { amenities: [], vehicleKinds: ['suv'], maxFare: inr(50_000) },
  ])
    expect(await find(filters), JSON.stringify(filters)).toBeDefined()
  for (const filters of [
    { instant: true },
    { womenOnly: true },
    { amenities: ['child_seat', 'pets_allowed'] },
    { vehicleKinds: ['sedan'] },
    { maxFare: inr(19_999) },
  ])
    expect(await find(filters), JSON.stringify(filters)).toBeUndefined()
})

test('a filter that nobody knows is named', async () => {
  const { token } = await signIn()
  const place = { lat: 12, lng: 77 }
  const ask = (filters: object) => {
    const body = { pickup: place, dropoff: { lat: 13, lng: 77 }, at: '2027-01-01T00:00:00Z', filters }
    return call('POST', '/api/v1/routes/search', { token, body })
  }
  expect(await ask({ quiet: true })).toMatchObject(fieldRefusal('filters.quiet'))
  expect(await ask({ amenities: ['pool'] })).toMatchObject(fieldRefusal('filters.amenities.0'))
  expect(await ask({ vehicleKinds: [] })).toMatchObject(fieldRefusal('filters.vehicleKinds'))
})

test('a ride that is full is shown to who asks for such, with a quote to wait with and not to book', async () => {
  const trip = await publishTrip({ seats: 1 })
  await book(trip, await signIn())
  const late = await signIn()
  expect(await findOffer(trip, late, searchFor(trip))).toBeUndefined()
  const offer = await findOffer(trip, late, { ...searchFor(trip), full: true })
  expect(offer).toMatchObject({ seatsLeft: 0 })
  expect(await sendQuote(late, offer?.quote ?? '')).toMatchObject(refusal(409, 'ride_full'))
  expect(await sendToWaitlist(late, offer?.quote ?? '')).toMatchObject({
    status: 201,
    body: { state: 'waiting' },
  })
})
