import { afterEach, expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { inDays } from './client/documents.ts'
import { setFault } from './client/inbox.ts'
import { signIn, signInDriver } from './client/people.ts'
import { everyDay, getRoute, newCrew, publishRoute, readRoute, weeklyRoute } from './client/routes.ts'
import { addVehicle, inMinutes, newCorridor, newRoute, publish } from './client/trips.ts'

/** Whoever publishes waits no longer than this, whatever Google does. */
const AT_MOST_MS = 4_000

afterEach(() => setFault('roads', 'up'))

test('what is said of an offer is kept, and what is not said has its default', async () => {
  const { driver, vehicleId } = await newCrew({ features: ['music', 'air_conditioning'] })
  const said = {
    ...{ luggage: 'small', detourSeconds: 900, amenities: ['child_seat'], notes: 'Meet at the gate' },
    womenOnly: false,
  }
  const route = await publishRoute(driver, { ...newRoute(vehicleId), ...said })
  expect(await readRoute(await signIn(), route.id)).toMatchObject({ ...said, updatedAt: null, schedule: null })
  const plain = await publishRoute(driver, newRoute(vehicleId, { departsAt: inMinutes(600) }))
  expect(plain).toMatchObject({ luggage: 'medium', detourSeconds: 0, womenOnly: false, notes: null })
  expect(new Set(plain.amenities)).toEqual(new Set(['music', 'air_conditioning']))
})

test('only a woman offers a ride for women only', async () => {
  const { driver, vehicleId } = await newCrew()
  const route = { ...newRoute(vehicleId), womenOnly: true }
  const gender = (value: string | null) =>
    call('PUT', '/api/v1/auth/profile', { token: driver.token, body: { gender: value } })
  for (const value of [null, 'male', 'other']) {
    expect((await gender(value)).status).toBe(200)
    expect(await publish(driver, route)).toMatchObject({
      ...refusal(403, 'women_only_driver'),
      body: { errors: [{ path: 'womenOnly' }] },
    })
  }
  await gender('female')
  expect(await publish(driver, route)).toMatchObject({ status: 201, body: { womenOnly: true } })
})

test('the way back is a route of its own, and both or none are published', async () => {
  const { driver, vehicleId } = await newCrew()
  const there = newRoute(vehicleId, { departsAt: inMinutes(60) })
  const withReturn = (back: object) => ({ ...there, return: back })
  // The car is not there yet.
  expect(await publish(driver, withReturn({ departsAt: inMinutes(70) }))).toMatchObject(
    refusal(409, 'ride_overlap'),
  )
  const none = await call('GET', `/api/v1/routes/driver/${driver.id}`, { token: driver.token })
  expect(none.body).toMatchObject({ items: [] })

  const route = await publishRoute(driver, withReturn({ departsAt: inMinutes(600) }))
  expect(route).toMatchObject({ returnOf: null, returnRouteId: expect.any(String) })
  const back = await readRoute(driver, route.returnRouteId ?? '')
  expect(back).toMatchObject({ returnOf: route.id, returnRouteId: null, vehicleId })
  expect(back.stops.map(({ name }) => name)).toEqual(route.stops.map(({ name }) => name).toReversed())
  expect(back.rides).toMatchObject([{ departsAt: expect.any(String), status: 'scheduled' }])
})

test('the way back may have its own stops, price and pattern', async () => {
  const { driver, vehicleId } = await newCrew()
  const stops = newCorridor(2).map((position, n) => ({ name: `Back ${n}`, position }))
  const back = {
    schedule: everyDay({ departs: '20:00' }),
    stops,
    pricePerSeat: { amount: 5_000, currency: 'INR' },
  }
  const route = await publishRoute(driver, { ...weeklyRoute(vehicleId, everyDay()), return: back })
  expect(route.rides).toHaveLength(28)
  const returned = await readRoute(driver, route.returnRouteId ?? '')
  expect(returned).toMatchObject({
    stops: [{ name: 'Back 0' }, { name: 'Back 1' }],
    pricePerSeat: { amount: 5_000 },
  })
  expect(returned.rides).toHaveLength(28)
})

test.each([
  ['departsAt', {}],
  ['schedule', { departsAt: inMinutes(60), schedule: everyDay() }],
  ['schedule.departs', { schedule: everyDay({ departs: '24:00' }) }],
  ['schedule.weekdays', { schedule: everyDay({ weekdays: [] }) }],
  ['schedule.weekdays', { schedule: everyDay({ weekdays: [1, 1] }) }],
  ['schedule.weekdays.0', { schedule: everyDay({ weekdays: [0] }) }],
  ['schedule.from', { schedule: everyDay({ from: '2027-02-29' }) }],
  ['schedule.until', { schedule: everyDay({ until: inDays(0) }) }],
  ['schedule', { schedule: everyDay({ from: '2020-01-01', until: '2020-02-01' }) }],
  ['schedule', { schedule: everyDay({ until: inDays(1), exceptions: [{ day: inDays(1), departs: null }] }) }],
  [
    'schedule.exceptions',
    { schedule: everyDay({ exceptions: [1, 1].map(() => ({ day: inDays(3), departs: null })) }) },
  ],
  ['schedule.exceptions.0.departs', { schedule: everyDay({ exceptions: [{ day: inDays(3) }] }) }],
  ['detourSeconds', { departsAt: inMinutes(60), detourSeconds: 3601 }],
  ['luggage', { departsAt: inMinutes(60), luggage: 'piano' }],
  ['amenities', { departsAt: inMinutes(60), amenities: ['music', 'music'] }],
  ['amenities.0', { departsAt: inMinutes(60), amenities: ['pool'] }],
  ['return.departsAt', { departsAt: inMinutes(60), return: {} }],
  [
    'return.schedule.departs',
    { departsAt: inMinutes(60), return: { schedule: everyDay({ departs: 'noon' }) } },
  ],
])('a wrong %s is refused (case %#)', async (field, more) => {
  const driver = await signInDriver()
  const { departsAt: _, ...route } = newRoute(crypto.randomUUID())
  expect(await publish(driver, { ...route, ...more })).toMatchObject(fieldRefusal(field))
})

test.each([
  ['departsAt', 'departure_out_of_range', { departsAt: inMinutes(-10) }],
  ['schedule.from', 'departure_out_of_range', { schedule: everyDay({ from: inDays(182) }) }],
])('on the way back too, %s is refused', async (field, code, when) => {
  const { driver, vehicleId } = await newCrew()
  const route = { ...newRoute(vehicleId), return: when }
  expect(await publish(driver, route)).toMatchObject(fieldRefusal(`return.${field}`, code))
  const costly = { departsAt: inMinutes(600), pricePerSeat: { amount: 100_000_00, currency: 'INR' } }
  expect(await publish(driver, { ...newRoute(vehicleId), return: costly })).toMatchObject(
    fieldRefusal('return.pricePerSeat.amount', 'price_above_cap'),
  )
})

test.each(['refuse', 'hang'] as const)(
  'a Google that would %s costs no route: it goes straight, and says so',
  async (mode) => {
    const { driver, vehicleId } = await newCrew()
    await setFault('roads', mode)
    const started = performance.now()
    const straight = await publishRoute(driver, newRoute(vehicleId))
    expect(performance.now() - started).toBeLessThan(AT_MOST_MS)
    expect(straight.pathSource).toBe('great_circle')
    await setFault('roads', 'up')
    const road = await publishRoute(driver, newRoute(vehicleId, { departsAt: inMinutes(600) }))
    expect(road.pathSource).toBe('google_routes')
  },
)

test('papers are looked at before anything is asked of Google, and what is missing is named', async () => {
  const driver = await signInDriver()
  const { id } = await addVehicle(driver)
  expect(await publish(driver, weeklyRoute(id, everyDay()))).toMatchObject(refusal(403, 'documents_required'))
})

test('nobody reads a route that is not there', async () => {
  expect(await getRoute(await signIn(), crypto.randomUUID())).toMatchObject(refusal(404, 'not_found'))
})
