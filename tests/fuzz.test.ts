import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { call } from './client/api.ts'
import { anyJson, nearly } from './client/arbitrary-body.ts'
import { book } from './client/bookings.ts'
import {
  type DeclaredOperation,
  fillPath,
  type OpenApi,
  readDocument,
  readOperations,
} from './client/document.ts'
import { newAddress, signIn, signInDriver } from './client/people.ts'
import { signInWithEveryRole } from './client/staff.ts'
import { inMinutes, newCorridor, newRoute, publishTrip, registerVehicle } from './client/trips.ts'

const RUNS = 40
/** Operations that are thrown at together. */
const AT_ONCE = 4
const Vehicle = z.looseObject({ vehicleId: z.unknown() })

let document: OpenApi
let operations: DeclaredOperation[]

beforeAll(async () => {
  document = await readDocument()
  operations = (await readOperations()).filter((op) => op.bodySchema !== undefined)
})

/** `call` fails on every status and shape that the operation does not declare, and no operation declares a 500. */
async function throwAt(op: DeclaredOperation, bodies: fc.Arbitrary<unknown>, id?: string) {
  // What an administrator saves is asked for of everybody, also of the drivers of other tests.
  const saves = op.id === 'saveDocumentRequirement'
  const { token } = await (saves ? signInDriver() : signInWithEveryRole())
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(bodies, async (body) => {
      const { status } = await call(op.method, fillPath(op.path, id), {
        token,
        body: body ?? null,
        headers: newAddress(),
      })
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }),
    { numRuns: RUNS },
  )
  return statuses
}

/** Everybody's turn, several operations at a time. */
async function throwAtAll(bodiesOf: (op: DeclaredOperation) => fc.Arbitrary<unknown>): Promise<void> {
  const waiting = [...operations]
  const throwOn = async () => {
    for (let op = waiting.pop(); op; op = waiting.pop()) await throwAt(op, bodiesOf(op))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, throwOn))
}

test('any JSON gets a declared reply from every operation', async () => {
  await throwAtAll(() => anyJson)
}, 60_000)

test('bodies that nearly fit get a declared reply from every operation', async () => {
  await throwAtAll((op) => nearly(op.bodySchema, document))
}, 60_000)

test('routes that nearly fit, with a vehicle that is there, get a declared reply', async () => {
  const op = operations.find(({ id }) => id === 'publishRoute')
  if (!op) throw new Error('publishRoute is gone')
  const driver = await signInDriver()
  const vehicleId = await registerVehicle(driver)
  const base = newRoute(vehicleId)
  const bodies = fc.record({
    change: fc.subarray(['stops', 'departsAt', 'seats', 'pricePerSeat', 'bookingMode', 'notes'], {
      minLength: 1,
      maxLength: 2,
    }),
    near: nearly(op.bodySchema, document),
    days: fc.integer({ min: 1, max: 170 }),
  })
  await fc.assert(
    fc.asyncProperty(bodies, async ({ change, near, days }) => {
      const from = Vehicle.safeParse(near).data ?? {}
      const changed = Object.fromEntries(Object.entries(from).filter(([key]) => change.includes(key)))
      const body = { ...base, departsAt: inMinutes(days * 1440), stops: newRoute(vehicleId).stops, ...changed }
      await call('POST', '/api/v1/routes', { token: driver.token, body })
    }),
    { numRuns: RUNS * 2 },
  )
}, 60_000)

const EDGES = [
  [
    { lat: 90, lng: 0 },
    { lat: 89, lng: 180 },
  ],
  [
    { lat: -90, lng: 0 },
    { lat: -89.9, lng: 0 },
  ],
  [
    { lat: 0, lng: 179.9 },
    { lat: 0, lng: -179.9 },
  ],
  [
    { lat: 0, lng: 180 },
    { lat: 1, lng: -180 },
  ],
  [
    { lat: 0, lng: 0 },
    { lat: 0, lng: 0 },
  ],
  [
    { lat: 0, lng: 0 },
    { lat: 0, lng: 180 },
  ],
  [
    { lat: -0, lng: 1e-300 },
    { lat: 5e-324, lng: 1 },
  ],
] as const

test.each(EDGES)('the ends of the world (case %#) are published and searched, or refused', async (a, b) => {
  const driver = await signInDriver()
  const route = newRoute(await registerVehicle(driver), { stops: [a, b], amount: 1 })
  expect([201, 422]).toContain(
    (await call('POST', '/api/v1/routes', { token: driver.token, body: route })).status,
  )
  const { token } = await signIn()
  const body = { pickup: a, dropoff: b, at: route.departsAt }
  expect((await call('POST', '/api/v1/routes/search', { token, body })).status).toBe(200)
})

test.each([
  '0000-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '1999-12-31T23:59:59Z',
  '2100-01-01T00:00:00Z',
  '+012026-01-01T00:00:00Z',
])('a search at %s is refused', async (at) => {
  const [pickup, dropoff] = newCorridor(2)
  const { token } = await signIn()
  const reply = await call('POST', '/api/v1/routes/search', { token, body: { pickup, dropoff, at } })
  expect(reply).toMatchObject({ status: 422, body: { errors: [{ path: 'at' }] } })
})

test('boarding codes are not guessed: the eleventh try is not looked at', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  const right = Number(booking.boardingCode)
  const board = (code: number) =>
    call('POST', `/api/v1/bookings/${booking.id}/board`, {
      token: trip.driver.token,
      body: { code: String(code % 10_000).padStart(4, '0') },
    })
  for (let n = 1; n <= 10; n++) expect((await board(right + n)).status).toBe(422)
  const refused = await board(right)
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(refused.headers.get('ratelimit')).toContain('"boarding";r=0')
})
