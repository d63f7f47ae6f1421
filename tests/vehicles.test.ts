import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { signInDriver } from './client/people.ts'
import { seatsOf } from './client/seats.ts'
import { addVehicle, moveRide, newPlate, newVehicle, publishTrip, registerVehicle } from './client/trips.ts'

const PATH = '/api/v1/driver/vehicles'
const Vehicle = z.object({ id: z.string(), plate: z.string(), active: z.boolean() })
const Vehicles = z.object({ items: z.array(Vehicle) })

const oneOf = (letters: string) => letters[Math.floor(Math.random() * letters.length)]

const add = (token: string, body: unknown) => call('POST', PATH, { token, body })

test('the first vehicle is the active one; all are listed, newest first, and read one by one', async () => {
  const { token } = await signInDriver()
  expect(await call('GET', PATH, { token })).toMatchObject({
    status: 200,
    body: { items: [], nextCursor: null },
  })
  const first = expectBody(await add(token, newVehicle()), 201, Vehicle)
  const second = expectBody(await add(token, newVehicle({ fuel: 'electric', seats: 3 })), 201, Vehicle)
  expect([first.active, second.active]).toEqual([true, false])
  const { items } = expectBody(await call('GET', PATH, { token }), 200, Vehicles)
  expect(items.map((vehicle) => vehicle.id)).toEqual([second.id, first.id])
  expect(await call('GET', `${PATH}/${second.id}`, { token })).toMatchObject({
    status: 200,
    body: { id: second.id, make: 'Maruti Suzuki', fuel: 'electric', seats: 3 },
  })
})

test('a plate is registered once, however it is written', async () => {
  const [mine, theirs] = [await signInDriver(), await signInDriver()]
  const plate = newPlate()
  const spaced = `${plate.slice(0, 2)} ${plate.slice(2, 4)}-${plate.slice(4)}`.toLowerCase()
  expect(await add(mine.token, newVehicle({ plate: spaced }))).toMatchObject({ status: 201, body: { plate } })
  for (const { token } of [mine, theirs])
    expect(await add(token, newVehicle({ plate }))).toMatchObject(refusal(409, 'plate_taken'))
})

test('a plate of the BH series is one', async () => {
  const { token } = await signInDriver()
  const plate = `22BH${1000 + Math.floor(Math.random() * 9000)}${oneOf('ABCDEFGH')}${oneOf('JKLMNPQR')}`
  expect(await add(token, newVehicle({ plate }))).toMatchObject({ status: 201, body: { plate } })
})

test.each([
  ['plate', { plate: 'HELLO' }],
  ['plate', { plate: '' }],
  ['plate', { plate: 'KA01AB12345' }],
  ['plate', { plate: 'XX01AB1234' }],
  ['plate', { plate: 'KA01AB0000' }],
  ['plate', { plate: '20BH1234AA' }],
  ['plate', { plate: '22BH1234IA' }],
  ['kind', { kind: 'tank' }],
  ['features.0', { features: ['sauna'] }],
  ['features', { features: ['music', 'music'] }],
  ['year', { year: 1989 }],
  ['year', { year: new Date().getUTCFullYear() + 2 }],
  ['year', { year: 2020.5 }],
  ['year', { year: '2020' }],
  ['seats', { seats: 0 }],
  ['seats', { seats: 9 }],
  ['fuel', { fuel: 'steam' }],
  ['make', { make: ' ' }],
  ['model', { model: 'x'.repeat(41) }],
  ['colour', { colour: 'red\u0007' }],
  ['active', { active: true }],
  ['driverId', { driverId: crypto.randomUUID() }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  const { token } = await signInDriver()
  expect(await add(token, newVehicle(change))).toMatchObject(fieldRefusal(field))
  expect(await call('GET', PATH, { token })).toMatchObject({ body: { items: [] } })
})

test('every invalid field is named at once', async () => {
  const { token } = await signInDriver()
  const reply = await add(token, { seats: 0, plate: 'x', wheels: 4 })
  const Errors = z.object({ errors: z.array(z.object({ path: z.string() })) })
  const paths = expectBody(reply, 422, Errors).errors.map((error) => error.path)
  expect(new Set(paths)).toEqual(
    new Set(['make', 'model', 'year', 'plate', 'colour', 'fuel', 'seats', 'wheels']),
  )
})

test('an app that knows neither kinds nor features registers a car', async () => {
  const { token } = await signInDriver()
  expect(await add(token, newVehicle())).toMatchObject({
    status: 201,
    body: { kind: 'sedan', features: [], seatMapVersion: null },
  })
  const more = { kind: 'suv', features: ['music', 'air_conditioning'] }
  expect(await add(token, newVehicle(more))).toMatchObject({ status: 201, body: more })
})

test('a vehicle changes in the fields that are given', async () => {
  const driver = await signInDriver()
  const before = expectBody(await add(driver.token, newVehicle()), 201, z.looseObject({ id: z.string() }))
  const put = (body: unknown) => call('PUT', `${PATH}/${before.id}`, { token: driver.token, body })
  const plate = newPlate()
  const change = { make: 'Tata', year: 2019, kind: 'suv', features: ['child_seat'], seats: 6, plate }
  expect(await put({ ...change, plate: plate.toLowerCase() })).toMatchObject({
    status: 200,
    body: { ...before, ...change },
  })
  expect(await put({})).toMatchObject({ status: 200, body: { ...before, ...change } })
  expect(await put({ features: [] })).toMatchObject({ status: 200, body: { ...change, features: [] } })
})

test.each([
  ['plate', { plate: 'HELLO' }],
  ['year', { year: 1989 }],
  ['year', { year: new Date().getUTCFullYear() + 2 }],
  ['seats', { seats: 9 }],
  ['make', { make: null }],
  ['features', { features: ['music', 'music'] }],
  ['active', { active: true }],
])('a change to a wrong %s is refused (case %#)', async (field, change) => {
  const driver = await signInDriver()
  const path = `${PATH}/${(await addVehicle(driver)).id}`
  const { body: before } = await call('GET', path, { token: driver.token })
  expect(await call('PUT', path, { token: driver.token, body: change })).toMatchObject(fieldRefusal(field))
  expect((await call('GET', path, { token: driver.token })).body).toEqual(before)
})

test('nobody takes the plate of a vehicle that is there, and everybody that of a deleted one', async () => {
  const [mine, theirs] = [await signInDriver(), await signInDriver()]
  const plate = newPlate()
  const first = (await addVehicle(mine, { plate })).id
  const second = (await addVehicle(theirs)).id
  const take = () => call('PUT', `${PATH}/${second}`, { token: theirs.token, body: { plate } })
  expect(await take()).toMatchObject(refusal(409, 'plate_taken'))
  expect((await call('DELETE', `${PATH}/${first}`, { token: mine.token })).status).toBe(204)
  expect(await take()).toMatchObject({ status: 200, body: { plate } })
})

test('seats that a ride offers stay, and its plate too, until it is over', async () => {
  const trip = await publishTrip({ seats: 3 })
  const { token } = trip.driver
  const put = (body: unknown) => call('PUT', `${PATH}/${trip.vehicleId}`, { token, body })
  const seatsRefused = { status: 409, body: { code: 'seats_promised', errors: [{ path: 'seats' }] } }
  expect(await put({ seats: 2, colour: 'Red' })).toMatchObject(seatsRefused)
  expect(await put({ seats: 3 })).toMatchObject({ status: 200, body: { seats: 3, colour: 'White' } })
  expect(await put({ plate: newPlate() })).toMatchObject(refusal(409, 'vehicle_in_use'))
  expect((await moveRide(trip, 'start')).status).toBe(200)
  expect(await put({ seats: 2 })).toMatchObject(seatsRefused)
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect(await put({ seats: 2, plate: newPlate() })).toMatchObject({ status: 200, body: { seats: 2 } })
})

test('a vehicle that a ride needs is not deleted; afterwards it is gone everywhere', async () => {
  const trip = await publishTrip()
  const { token } = trip.driver
  const path = `${PATH}/${trip.vehicleId}`
  expect(await call('DELETE', path, { token })).toMatchObject(refusal(409, 'vehicle_in_use'))
  expect((await moveRide(trip, 'cancel')).status).toBe(200)
  expect((await call('DELETE', path, { token })).status).toBe(204)
  for (const [method, tail, body] of [
    ['GET', '', undefined],
    ['DELETE', '', undefined],
    ['PUT', '', { colour: 'Red' }],
    ['PUT', '/activate', undefined],
    ['GET', '/seats', undefined],
  ] as const)
    expect(await call(method, path + tail, { token, body }), method + tail).toMatchObject(
      refusal(404, 'not_found'),
    )
  expect(await call('GET', PATH, { token })).toMatchObject({ body: { items: [] } })
  // The ride keeps its vehicle, the route is no longer offered.
  expect(await call('GET', `/api/v1/rides/${trip.rideId}`, { token })).toMatchObject({
    body: { vehicle: { make: 'Maruti Suzuki' } },
  })
  expect(await call('GET', `/api/v1/routes/${trip.routeId}`, { token })).toMatchObject(
    refusal(404, 'not_found'),
  )
})

const activeOf = async (token: string) =>
  expectBody(await call('GET', PATH, { token }), 200, Vehicles)
    .items.filter(({ active }) => active)
    .map(({ id }) => id)

test('after the active vehicle the newest of the others is it; after another one nothing changes', async () => {
  const driver = await signInDriver()
  const { token } = driver
  const ids: string[] = []
  for (let n = 0; n < 4; n++) ids.push((await addVehicle(driver)).id)
  const [first, second, third, fourth] = ids
  await call('DELETE', `${PATH}/${second}`, { token })
  expect(await activeOf(token)).toEqual([first])
  await call('DELETE', `${PATH}/${first}`, { token })
  expect(await activeOf(token)).toEqual([fourth])
  expect(await call('PUT', `${PATH}/${third}/activate`, { token })).toMatchObject({
    status: 200,
    body: { id: third, active: true },
  })
  expect(await activeOf(token)).toEqual([third])
  expect((await call('PUT', `${PATH}/${third}/activate`, { token })).status).toBe(200)
  for (const id of [third, fourth]) await call('DELETE', `${PATH}/${id}`, { token })
  expect(await activeOf(token)).toEqual([])
})

test("another driver's vehicle cannot be changed, activated, deleted or arranged", async () => {
  const [mine, theirs] = [await signInDriver(), await signInDriver()]
  const own = (await addVehicle(mine)).id
  const path = `${PATH}/${(await addVehicle(theirs)).id}`
  const map = { rows: 1, columns: 2, seats: seatsOf(['1A', 'passenger'], ['1B', 'driver']) }
  for (const [method, tail, body] of [
    ['PUT', '', { colour: 'Red' }],
    ['PUT', '/activate', undefined],
    ['DELETE', '', undefined],
    ['GET', '/seats', undefined],
    ['POST', '/seats', map],
  ] as const)
    expect(await call(method, path + tail, { token: mine.token, body }), method + tail).toMatchObject(
      refusal(404, 'not_found'),
    )
  expect(await activeOf(mine.token)).toEqual([own])
  expect(await call('GET', path, { token: theirs.token })).toMatchObject({
    status: 200,
    body: { active: true, colour: 'White', seatMapVersion: null },
  })
})

test('another plate ends the papers of the old one; anything else leaves them', async () => {
  const driver = await signInDriver()
  const path = `${PATH}/${await registerVehicle(driver)}`
  const put = (body: unknown) => call('PUT', path, { token: driver.token, body })
  const goOnline = () =>
    call('PUT', '/api/v1/driver/online-status', { token: driver.token, body: { online: true } })
  const { plate } = Vehicle.parse((await call('GET', path, { token: driver.token })).body)
  expect(await put({ colour: 'Red', plate })).toMatchObject({ status: 200, body: { colour: 'Red', plate } })
  expect((await goOnline()).status).toBe(200)
  expect((await put({ plate: newPlate() })).status).toBe(200)
  expect(await goOnline()).toMatchObject({
    status: 403,
    body: {
      code: 'documents_required',
      errors: [
        { path: 'registration', message: 'none' },
        { path: 'insurance', message: 'none' },
      ],
    },
  })
})
