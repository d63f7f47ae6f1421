import { expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { actOn, Booking, quoteFor, sendQuote } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { newCrew, publishRoute } from './client/routes.ts'
import { moveRide, newRoute, publish, type Trip } from './client/trips.ts'

const ROUNDS = 6

const setGender = ({ token }: Person, gender: string | null) =>
  call('PUT', '/api/v1/auth/profile', { token, body: { gender } })

const signInWoman = async () => {
  const woman = await signIn()
  await setGender(woman, 'female')
  return woman
}

/** A ride that a woman offers to women. */
async function publishForWomen(): Promise<Trip> {
  const { driver, vehicleId } = await newCrew()
  await setGender(driver, 'female')
  const body = { ...newRoute(vehicleId), womenOnly: true }
  const route = await publishRoute(driver, body)
  const [ride] = route.rides
  if (!ride) throw new Error('The route came without its ride')
  const stops = body.stops.map((stop) => stop.position)
  return { driver, vehicleId, routeId: route.id, rideId: ride.id, stops, departsAt: ride.departsAt }
}

test('who rides or drives with women is a woman until that is over', async () => {
  const trip = await publishForWomen()
  const passenger = await signInWoman()
  const booking = Booking.parse((await sendQuote(passenger, await quoteFor(trip, passenger))).body)
  for (const gender of ['male', 'other', null])
    expect(await setGender(passenger, gender)).toMatchObject(refusal(409, 'women_only_passenger'))
  expect(await setGender(trip.driver, 'male')).toMatchObject(refusal(409, 'women_only_routes'))
  await actOn(booking, passenger, 'cancel')
  expect(await setGender(passenger, 'male')).toMatchObject({ status: 200, body: { gender: 'male' } })
  await moveRide(trip, 'cancel')
  expect((await setGender(trip.driver, 'male')).status).toBe(200)
})

test('a booking and a change of the profile at once: one of them is refused', async () => {
  const trips = await Promise.all(Array.from({ length: ROUNDS }, publishForWomen))
  for (const trip of trips) {
    const passenger = await signInWoman()
    const quote = await quoteFor(trip, passenger)
    const [booked, changed] = await Promise.all([sendQuote(passenger, quote), setGender(passenger, 'male')])
    expect([
      [201, 409],
      [403, 200],
    ]).toContainEqual([booked.status, changed.status])
  }
})

test('publishing and a change of the profile at once: one of them is refused', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const { driver, vehicleId } = await newCrew()
    await setGender(driver, 'female')
    const route = { ...newRoute(vehicleId), womenOnly: true }
    const [published, changed] = await Promise.all([publish(driver, route), setGender(driver, 'male')])
    expect([201, 403, 409]).toContain(published.status)
    expect([published.status === 201, changed.status === 200].filter(Boolean)).toHaveLength(1)
  }
})
