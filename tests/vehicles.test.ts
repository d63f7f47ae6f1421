import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { signInDriver } from './client/people.ts'
import { newPlate, newVehicle } from './client/trips.ts'

const PATH = '/api/v1/driver/vehicles'
const Vehicle = z.object({ id: z.string(), plate: z.string(), active: z.boolean() })
const Vehicles = z.object({ items: z.array(Vehicle) })

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
  const plate = `22BH${1000 + Math.floor(Math.random() * 9000)}${newPlate().slice(4, 6)}`
  expect(await add(token, newVehicle({ plate }))).toMatchObject({ status: 201, body: { plate } })
})

test.each([
  ['plate', { plate: 'HELLO' }],
  ['plate', { plate: '' }],
  ['plate', { plate: 'KA01AB12345' }],
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
