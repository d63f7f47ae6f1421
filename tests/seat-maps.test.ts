import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { type Person, signInDriver } from './client/people.ts'
import { seatsOf } from './client/seats.ts'
import { addVehicle, inMinutes, moveRide, publishTrip, registerVehicle } from './client/trips.ts'

const PATH = '/api/v1/driver/vehicles'
const SeatMap = z.object({ version: z.number(), capacity: z.number(), seats: z.array(z.looseObject({})) })

const taxi = seatsOf(
  ['1A', 'passenger'],
  ['1C', 'driver'],
  ['2A', 'passenger'],
  ['2B', 'blocked'],
  ['2C', 'passenger'],
)
const mapOf = (seats: unknown = taxi, more: object = {}) => ({ rows: 2, columns: 3, seats, ...more })

const save = (driver: Person, vehicleId: string, body: unknown) =>
  call('POST', `${PATH}/${vehicleId}/seats`, { token: driver.token, body })
const read = (driver: Person, vehicleId: string, query = '') =>
  call('GET', `${PATH}/${vehicleId}/seats${query}`, { token: driver.token })

test('a vehicle without a map has the usual one of its kind', async () => {
  const driver = await signInDriver()
  const car = (await addVehicle(driver, { seats: 4 })).id
  const usual = expectBody(await read(driver, car), 200, SeatMap)
  expect(usual).toMatchObject({ version: 0, capacity: 4 })
  expect(usual.seats).toHaveLength(5)
  const bike = (await addVehicle(driver, { kind: 'motorcycle', seats: 1 })).id
  expect(await read(driver, bike)).toMatchObject({
    status: 200,
    body: { version: 0, rows: 2, columns: 1, seats: [{ kind: 'driver' }, { kind: 'passenger' }] },
  })
  expect(await read(driver, car, '?version=1')).toMatchObject(refusal(404, 'not_found'))
})

test('the usual map can be taken as it is', async () => {
  const driver = await signInDriver()
  for (const kind of ['sedan', 'van', 'auto_rickshaw', 'motorcycle']) {
    const vehicleId = (await addVehicle(driver, { kind, seats: kind === 'motorcycle' ? 1 : 3 })).id
    const { body } = await read(driver, vehicleId)
    const { rows, columns, seats } = Object(body)
    expect(await save(driver, vehicleId, { rows, columns, seats })).toMatchObject({
      status: 201,
      body: { version: 1, seats },
    })
  }
})

test('a map is kept as a version, its capacity is what the vehicle seats, and it is not kept twice', async () => {
  const driver = await signInDriver()
  const vehicleId = (await addVehicle(driver, { seats: 4 })).id
  const vehicle = () => call('GET', `${PATH}/${vehicleId}`, { token: driver.token })
  expect(await save(driver, vehicleId, mapOf())).toMatchObject({
    status: 201,
    body: { vehicleId, version: 1, rows: 2, columns: 3, capacity: 3, seats: taxi },
  })
  expect(await vehicle()).toMatchObject({ body: { seats: 3, seatMapVersion: 1 } })
  // In another order it is the same map.
  expect(await save(driver, vehicleId, mapOf(taxi.toReversed()))).toMatchObject({
    status: 200,
    body: { version: 1, seats: taxi },
  })
  const pair = seatsOf(['1A', 'passenger'], ['1B', 'driver'])
  expect(await save(driver, vehicleId, mapOf(pair, { rows: 1 }))).toMatchObject({
    status: 201,
    body: { version: 2, capacity: 1 },
  })
  expect(await vehicle()).toMatchObject({ body: { seats: 1, seatMapVersion: 2 } })
  expect(await read(driver, vehicleId)).toMatchObject({ body: { version: 2, rows: 1, seats: pair } })
  expect(await read(driver, vehicleId, '?version=1')).toMatchObject({ body: { version: 1, seats: taxi } })
  expect(await read(driver, vehicleId, '?version=0')).toMatchObject({ body: { version: 0, capacity: 1 } })
  expect(await read(driver, vehicleId, '?version=3')).toMatchObject(refusal(404, 'not_found'))
  // Back to the first one is a change again.
  expect(await save(driver, vehicleId, mapOf())).toMatchObject({ status: 201, body: { version: 3 } })
})

test('the number of seats then follows from the map', async () => {
  const driver = await signInDriver()
  const vehicleId = (await addVehicle(driver, { seats: 4 })).id
  await save(driver, vehicleId, mapOf())
  const put = (seats: number) =>
    call('PUT', `${PATH}/${vehicleId}`, { token: driver.token, body: { seats, colour: 'Red' } })
  expect(await put(4)).toMatchObject({
    status: 409,
    body: { code: 'seats_follow_map', errors: [{ path: 'seats' }] },
  })
  expect(await put(3)).toMatchObject({ status: 200, body: { seats: 3, colour: 'Red' } })
})

const changed = (index: number, change: object) =>
  taxi.map((seat, n) => (n === index ? { ...seat, ...change } : seat))

test.each<[string, unknown]>([
  ['rows', mapOf(taxi, { rows: 0 })],
  ['rows', mapOf(taxi, { rows: 13 })],
  ['columns', mapOf(taxi, { columns: 7 })],
  ['seats', mapOf([])],
  ['seats', mapOf(seatsOf(['1A', 'passenger']))],
  ['seats', mapOf(seatsOf(['1A', 'driver'], ['1B', 'blocked']))],
  ['seats.3.row', mapOf(changed(3, { row: 3 }))],
  ['seats.3.row', mapOf(changed(3, { row: 0 }))],
  ['seats.3.row', mapOf(changed(3, { row: '2' }))],
  ['seats.2.column', mapOf(changed(2, { column: 4 }))],
  ['seats.4.column', mapOf(changed(4, { column: 2 }))],
  ['seats.4.id', mapOf(changed(4, { id: '1a' }))],
  ['seats.4.id', mapOf(changed(4, { id: '123456789' }))],
  ['seats.4.id', mapOf(changed(4, { id: '' }))],
  ['seats.4.kind', mapOf(changed(4, { kind: 'driver' }))],
  ['seats.4.kind', mapOf(changed(4, { kind: 'roof' }))],
  ['seats.0.label', mapOf(changed(0, { label: ' ' }))],
  ['seats.0.price', mapOf(changed(0, { price: 1 }))],
  ['capacity', mapOf(taxi, { capacity: 3 })],
])('a wrong %s is refused (case %#)', async (field, map) => {
  const driver = await signInDriver()
  const vehicleId = (await addVehicle(driver)).id
  expect(await save(driver, vehicleId, map)).toMatchObject(fieldRefusal(field))
  expect(await read(driver, vehicleId)).toMatchObject({ body: { version: 0 } })
})

test('more passengers than a vehicle can have are refused', async () => {
  const driver = await signInDriver()
  const vehicleId = (await addVehicle(driver)).id
  const columns = ['A', 'B', 'C']
  const bus = [1, 2, 3].flatMap((row) => columns.map((letter) => [`${row}${letter}`, 'passenger'] as const))
  const seats = seatsOf(...bus.map(([id, kind]): [string, 'passenger'] => [id, kind]), ['4C', 'driver'])
  expect(await save(driver, vehicleId, mapOf(seats, { rows: 4 }))).toMatchObject(fieldRefusal('seats'))
  const eight = seats.filter(({ id }) => id !== '1B')
  expect(await save(driver, vehicleId, mapOf(eight, { rows: 4 }))).toMatchObject({
    status: 201,
    body: { capacity: 8 },
  })
})

test('a map with fewer seats than a ride offers is refused until the ride is over', async () => {
  const trip = await publishTrip({ seats: 4 })
  expect(await save(trip.driver, trip.vehicleId, mapOf())).toMatchObject({
    status: 409,
    body: { code: 'seats_promised', errors: [{ path: 'seats' }] },
  })
  const five = [...taxi.map((seat) => ({ ...seat, kind: seat.kind === 'blocked' ? 'passenger' : seat.kind }))]
  expect(await save(trip.driver, trip.vehicleId, mapOf(five))).toMatchObject({
    status: 201,
    body: { capacity: 4 },
  })
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect(await save(trip.driver, trip.vehicleId, mapOf())).toMatchObject({ status: 201, body: { version: 2 } })
})

test('maps that come at once become one version after the other; the same one many times becomes one', async () => {
  const driver = await signInDriver()
  const vehicleId = (await addVehicle(driver)).id
  const relabelled = (n: number) => mapOf(changed(0, { label: `Beside the driver ${n}` }))
  const different = await Promise.all([1, 2, 3, 4, 5].map((n) => save(driver, vehicleId, relabelled(n))))
  const versions = different.map((reply) => expectBody(reply, 201, SeatMap).version)
  expect(versions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5])
  const same = await Promise.all(Array.from({ length: 5 }, () => save(driver, vehicleId, mapOf())))
  expect(same.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 201])
  expect(await read(driver, vehicleId)).toMatchObject({ body: { version: 6 } })
})

test('rearranged while a route is published: the ride never offers more than the vehicle seats', async () => {
  const driver = await signInDriver()
  for (let round = 0; round < 5; round++) {
    const vehicleId = await registerVehicle(driver, { seats: 4 })
    const published = publishTrip({ driver, vehicleId, seats: 4, departsAt: inMinutes(60 + round * 600) }).then(
      () => true,
      () => false,
    )
    const [offered, { status }] = await Promise.all([published, save(driver, vehicleId, mapOf())])
    expect(status).toBe(offered ? 409 : 201)
  }
})
