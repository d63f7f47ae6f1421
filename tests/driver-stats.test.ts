import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book, readBooking } from './client/bookings.ts'
import { type Person, signIn, signInDriver, signInMany } from './client/people.ts'
import { inMinutes, moveRide, publishTrip, registerVehicle } from './client/trips.ts'

const Stats = z.looseObject({
  distance: z.number(),
  duration: z.number(),
  earnings: z.looseObject({ amount: z.number() }),
})
const Fare = z.looseObject({ fare: z.looseObject({ amount: z.number() }) })

const stats = (driver: Person, query = '') =>
  call('GET', `/api/v1/driver/stats${query}`, { token: driver.token })

const nothing = {
  rides: { completed: 0, cancelled: 0 },
  bookings: { asked: 0, accepted: 0, acceptanceRate: null, cancelled: 0 },
  passengers: 0,
  distance: 0,
  duration: 0,
  earnings: { amount: 0, currency: 'INR' },
  rating: { average: null, count: 0 },
}

test('who has not driven has done nothing, and nobody has rated it', async () => {
  expect(await stats(await signInDriver())).toMatchObject({ status: 200, body: nothing })
})

test('what was driven, answered, carried and earned is counted, and what was not is not', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const [a, b, c, d] = await signInMany(4)
  if (!a || !b || !c || !d) throw new Error('nobody came')

  const trip = await publishTrip({ driver, vehicleId, bookingMode: 'approval', seats: 4 })
  const [pair, one, turnedDown, withdrawn] = [
    await book(trip, a, { seats: 2 }),
    await book(trip, b, { from: 1, to: 2 }),
    await book(trip, c, { to: 1 }),
    await book(trip, d, { to: 1 }),
  ]
  expect(await stats(driver)).toMatchObject({ body: nothing })
  for (const booking of [pair, one]) await actOn(booking, driver, 'accept')
  await actOn(turnedDown, driver, 'reject')
  await actOn(withdrawn, d, 'cancel')
  expect(await stats(driver)).toMatchObject({
    body: { bookings: { asked: 3, accepted: 2, acceptanceRate: 2 / 3 } },
  })

  await moveRide(trip, 'start')
  const { boardingCode } = await readBooking(pair, a)
  expect((await actOn(pair, driver, 'board', boardingCode ?? '')).status).toBe(200)
  expect((await actOn(one, driver, 'absent')).status).toBe(200)
  expect(await stats(driver)).toMatchObject({ body: { passengers: 0, distance: 0, earnings: { amount: 0 } } })
  expect((await moveRide(trip, 'complete')).status).toBe(200)

  const { fare } = Fare.parse(await readBooking(pair, a))
  const done = expectBody(await stats(driver), 200, Stats)
  expect(done).toMatchObject({
    rides: { completed: 1, cancelled: 0 },
    bookings: { asked: 3, accepted: 2, cancelled: 0 },
    passengers: 2,
    earnings: { amount: fare.amount, currency: 'INR' },
  })
  // Three parts of 0.3 degrees each, on roads; completed at once.
  expect(done.distance).toBeGreaterThan(80_000)
  expect(done.distance).toBeLessThan(160_000)
  expect(done.duration).toBeLessThan(20)
})

test('a driver who cancels has cancelled what was confirmed, and accepted nothing that still waited', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const [a, b, c] = await signInMany(3)
  if (!a || !b || !c) throw new Error('nobody came')
  const asking = await publishTrip({ driver, vehicleId, bookingMode: 'approval' })
  const accepted = await book(asking, a)
  await book(asking, b)
  await actOn(accepted, driver, 'accept')
  await moveRide(asking, 'cancel')
  const instant = await publishTrip({ driver, vehicleId, departsAt: inMinutes(900) })
  await book(instant, c)
  await moveRide(instant, 'cancel')
  expect(await stats(driver)).toMatchObject({
    status: 200,
    body: {
      ...nothing,
      rides: { completed: 0, cancelled: 2 },
      bookings: { asked: 2, accepted: 1, acceptanceRate: 0.5, cancelled: 2 },
    },
  })
})

test('who did not answer before the ride started has not accepted', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  await book(trip, await signIn())
  await moveRide(trip, 'start')
  expect(await stats(trip.driver)).toMatchObject({
    body: { bookings: { asked: 1, accepted: 0, acceptanceRate: 0, cancelled: 0 } },
  })
})

test('what a passenger cancels is not the driver’s doing', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  await actOn(booking, trip.driver, 'accept')
  await actOn(booking, passenger, 'cancel')
  expect(await stats(trip.driver)).toMatchObject({
    body: { bookings: { asked: 1, accepted: 1, acceptanceRate: 1, cancelled: 0 } },
  })
})

test('a period counts rides by their departure, from its start and before its end', async () => {
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const [near, far] = [inMinutes(60), inMinutes(60 * 24)]
  for (const departsAt of [near, far])
    await moveRide(await publishTrip({ driver, vehicleId, departsAt }), 'cancel')
  const cancelled = async (query: string) => Object(Object((await stats(driver, query)).body).rides).cancelled
  expect(await cancelled('')).toBe(2)
  expect(await cancelled(`?from=${far}`)).toBe(1)
  expect(await cancelled(`?to=${far}`)).toBe(1)
  expect(await cancelled(`?from=${near}&to=${far}`)).toBe(1)
  expect(await cancelled(`?from=${inMinutes(60 * 48)}`)).toBe(0)
  expect(await cancelled(`?to=${inMinutes(1)}`)).toBe(0)
})

test.each([
  ['from', '?from=yesterday'],
  ['to', '?to=2026-01-01'],
  ['to', '?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z'],
  ['to', '?from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z'],
  ['driverId', `?driverId=${crypto.randomUUID()}`],
])('a wrong %s is refused (case %#)', async (field, query) => {
  expect(await stats(await signInDriver(), query)).toMatchObject(fieldRefusal(field))
})

test('one driver’s stats are not another’s, and a passenger has none', async () => {
  const trip = await publishTrip()
  await moveRide(trip, 'cancel')
  expect(await stats(await signInDriver())).toMatchObject({ body: nothing })
  expect(await stats(await signIn())).toMatchObject(refusal(403, 'driver_profile_required'))
})
