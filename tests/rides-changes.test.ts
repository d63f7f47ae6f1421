import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import {
  type Booking,
  book,
  findOffer,
  quoteFor,
  readBooking,
  searchFor,
  sendQuote,
} from './client/bookings.ts'
import { LiveClient } from './client/live-client.ts'
import { type Person, signIn, signInDriver } from './client/people.ts'
import { changeRide, readChanges } from './client/routes.ts'
import { seatsOf } from './client/seats.ts'
import { addVehicle, inMinutes, moveRide, publishTrip, registerVehicle, type Trip } from './client/trips.ts'

const FAR_MINUTES = 3 * 24 * 60
const laterThan = (trip: Trip, minutes: number) => ({
  departsAt: new Date(Date.parse(trip.departsAt) + minutes * 60_000).toISOString(),
})

/** A ride in three days with somebody on it. */
async function bookedTrip(): Promise<{ trip: Trip; passenger: Person; booking: Booking }> {
  const trip = await publishTrip({ departsAt: inMinutes(FAR_MINUTES) })
  const passenger = await signIn()
  return { trip, passenger, booking: await book(trip, passenger, { from: 1, to: 2 }) }
}

const refundOf = async (booking: Booking, { token }: Person) =>
  Object((await call('GET', `/api/v1/bookings/${booking.id}/cancellation`, { token })).body).reason

test('a departure moves with its passengers, who hear of it', async () => {
  const { trip, passenger, booking } = await bookedTrip()
  const before = await readBooking(booking, passenger)
  expect(await changeRide(trip.driver, trip.rideId, laterThan(trip, 20))).toMatchObject({
    status: 200,
    body: laterThan(trip, 20),
  })
  const after = await readBooking(booking, passenger)
  for (const end of ['pickup', 'dropoff'])
    expect(Date.parse(Object(after)[end].at) - Date.parse(Object(before)[end].at)).toBe(20 * 60_000)
  const change = { kind: 'departure', material: false, from: trip.departsAt, to: laterThan(trip, 20).departsAt }
  for (const person of [passenger, trip.driver])
    expect(await readChanges(person, trip.rideId)).toMatchObject({ status: 200, body: { items: [change] } })
})

test('both sides hear at once that a ride has moved', async () => {
  const { trip, passenger, booking } = await bookedTrip()
  const rooms = [
    await LiveClient.join(trip, { token: passenger.token }),
    await LiveClient.join(trip, { token: trip.driver.token }),
  ]
  await changeRide(trip.driver, trip.rideId, laterThan(trip, 20))
  for (const room of rooms) {
    await room.until(() => room.heard('booking').some((frame) => frame.bookingId === booking.id))
    expect(room.heard('booking').at(-1)).toMatchObject({ state: 'confirmed' })
    room.hangUp()
  }
})

test('by more than half an hour it is material, also in small steps', async () => {
  const { trip, passenger, booking } = await bookedTrip()
  const material = async () => Object((await readChanges(passenger, trip.rideId)).body).items[0].material
  await changeRide(trip.driver, trip.rideId, laterThan(trip, 20))
  expect(await material()).toBe(false)
  expect(await refundOf(booking, passenger)).not.toBe('ride_changed')
  await changeRide(trip.driver, trip.rideId, laterThan(trip, 30))
  expect(await material()).toBe(false)
  await changeRide(trip.driver, trip.rideId, laterThan(trip, 31))
  expect(await material()).toBe(true)
  expect(await refundOf(booking, passenger)).toBe('ride_changed')
})

test('the search finds a ride where it is now, and quotes of before are outdated', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(FAR_MINUTES) })
  const passenger = await signIn()
  const quote = await quoteFor(trip, passenger)
  await changeRide(trip.driver, trip.rideId, laterThan(trip, 10 * 60))
  expect(await sendQuote(passenger, quote)).toMatchObject(refusal(409, 'quote_outdated'))
  expect(await findOffer(trip, passenger, searchFor(trip))).toBeUndefined()
  const now = { ...trip, ...laterThan(trip, 10 * 60) }
  expect((await sendQuote(passenger, await quoteFor(now, passenger))).status).toBe(201)
  // Nobody was on it: nobody had to be told.
  expect(await readChanges(passenger, trip.rideId)).toMatchObject({ body: { items: [] } })
})

test('a vehicle of another kind is material, one of the same kind is not, and a smaller one holds who is on board', async () => {
  const { trip, passenger } = await bookedTrip()
  const others = [
    await registerVehicle(trip.driver, { make: 'Tata' }),
    await registerVehicle(trip.driver, { make: 'Kia', kind: 'suv' }),
  ]
  for (const vehicleId of others)
    expect((await changeRide(trip.driver, trip.rideId, { vehicleId })).status).toBe(200)
  expect(await readChanges(passenger, trip.rideId)).toMatchObject({
    body: {
      items: [
        { kind: 'vehicle', material: true, from: 'White Tata Dzire', to: 'White Kia Dzire' },
        { kind: 'vehicle', material: false },
      ],
    },
  })
  await book(trip, await signIn(), { from: 1, to: 3 })
  const small = await registerVehicle(trip.driver, { seats: 1 })
  expect(await changeRide(trip.driver, trip.rideId, { vehicleId: small })).toMatchObject({
    ...refusal(409, 'seats_promised'),
    body: { errors: [{ path: 'vehicleId' }] },
  })
})

test('a word to the passengers is written down for them', async () => {
  const { trip, passenger } = await bookedTrip()
  expect((await changeRide(trip.driver, trip.rideId, { notes: 'I wait at gate 3' })).status).toBe(200)
  expect(await readChanges(passenger, trip.rideId)).toMatchObject({
    body: { items: [{ kind: 'notes', material: false, to: 'I wait at gate 3' }] },
  })
})

test('a ride cannot move onto another, too near, or too far', async () => {
  const trip = await publishTrip({ departsAt: inMinutes(FAR_MINUTES) })
  const { driver, vehicleId } = trip
  await publishTrip({ driver, vehicleId, departsAt: inMinutes(FAR_MINUTES + 600) })
  expect(await changeRide(driver, trip.rideId, laterThan(trip, 600))).toMatchObject(
    refusal(409, 'ride_overlap'),
  )
  for (const minutes of [5, 181 * 24 * 60])
    expect(await changeRide(driver, trip.rideId, { departsAt: inMinutes(minutes) })).toMatchObject(
      fieldRefusal('departsAt', 'departure_out_of_range'),
    )
})

test('only a ride that is ahead is changed, only by its driver, and only with a vehicle that may be driven', async () => {
  const trip = await publishTrip()
  const { driver, rideId } = trip
  const unready = await addVehicle(driver)
  expect(await changeRide(driver, rideId, { vehicleId: unready.id })).toMatchObject(
    refusal(403, 'documents_required'),
  )
  const theirs = await registerVehicle(await signInDriver())
  expect(await changeRide(driver, rideId, { vehicleId: theirs })).toMatchObject(
    fieldRefusal('vehicleId', 'vehicle_required'),
  )
  expect(await changeRide(await signInDriver(), rideId, {})).toMatchObject(refusal(404, 'not_found'))
  expect(await changeRide(await signIn(), rideId, {})).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await changeRide(driver, rideId, { notes: '' })).toMatchObject(fieldRefusal('notes'))
  await moveRide(trip, 'start')
  expect(await changeRide(driver, rideId, laterThan(trip, 60))).toMatchObject(
    refusal(409, 'ride_not_scheduled'),
  )
})

test('a vehicle without the seat on which somebody sits does not take over', async () => {
  const driver = await signInDriver()
  const arrange = async (...ids: string[]) => {
    const vehicleId = await registerVehicle(driver)
    const seats = seatsOf(['1C', 'driver'], ...ids.map((id): [string, 'passenger'] => [id, 'passenger']))
    const path = `/api/v1/driver/vehicles/${vehicleId}/seats`
    expect(
      (await call('POST', path, { token: driver.token, body: { rows: 2, columns: 3, seats } })).status,
    ).toBe(201)
    return vehicleId
  }
  const trip = await publishTrip({ driver, vehicleId: await arrange('2A', '2B'), seats: 2 })
  const passenger = await signIn()
  const booking = await book(trip, passenger, { from: 0, to: 1 }, ['2B'])
  expect(await changeRide(driver, trip.rideId, { vehicleId: await arrange('2A', '2C') })).toMatchObject(
    refusal(409, 'seats_promised'),
  )
  expect((await changeRide(driver, trip.rideId, { vehicleId: await arrange('2B', '2C') })).status).toBe(200)
  expect(await readBooking(booking, passenger)).toMatchObject({ seatIds: ['2B'] })
})
