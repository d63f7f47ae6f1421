import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { actOn, book, quoteFor, sendQuote } from './client/bookings.ts'
import { fillPath, readOperations } from './client/document.ts'
import { signIn, signInDriver } from './client/people.ts'
import { signInWithEveryRole } from './client/staff.ts'
import { newRoute, newVehicle, publishTrip, seatsTaken } from './client/trips.ts'

const newKey = () => ({ 'idempotency-key': crypto.randomUUID() })
const Made = z.object({ id: z.string() })
const VEHICLES = '/api/v1/driver/vehicles'

test('the same request again gets the same reply, and does nothing', async () => {
  const { token } = await signInDriver()
  const options = { token, body: newVehicle(), headers: newKey() }
  const first = await call('POST', VEHICLES, options)
  expect([first.status, first.headers.get('idempotency-replayed')]).toEqual([201, null])
  for (let n = 0; n < 2; n++) {
    const again = await call('POST', VEHICLES, options)
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first.body)
    expect(again.headers.get('x-request-id')).not.toBe(first.headers.get('x-request-id'))
  }
  const { items } = expectBody(await call('GET', VEHICLES, { token }), 200, z.object({ items: z.array(Made) }))
  expect(items).toHaveLength(1)
})

test('another body, path or operation under the key is refused', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const { token } = trip.driver
  const headers = newKey()
  const body = newVehicle()
  expect((await call('POST', VEHICLES, { token, body, headers })).status).toBe(201)
  for (const [path, other] of [
    [VEHICLES, { ...body, colour: 'Red' }],
    ['/api/v1/routes', newRoute(trip.vehicleId)],
    [`/api/v1/rides/${trip.rideId}/cancel`, undefined],
  ] as const)
    expect(await call('POST', path, { token, body: other, headers })).toMatchObject(
      refusal(422, 'idempotency_mismatch'),
    )
  expect(await call('GET', `/api/v1/rides/${trip.rideId}`, { token })).toMatchObject({
    body: { status: 'scheduled' },
  })
})

test('a key belongs to its user: another one may use the same', async () => {
  const headers = newKey()
  for (const { token } of [await signInDriver(), await signInDriver()])
    expect((await call('POST', VEHICLES, { token, body: newVehicle(), headers })).status).toBe(201)
})

test('a booking is made once, however often it is sent', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const [quote, key] = [await quoteFor(trip, passenger), newKey()]
  const first = expectBody(await sendQuote(passenger, quote, key), 201, Made)
  expect(expectBody(await sendQuote(passenger, quote, key), 201, Made).id).toBe(first.id)
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('the same request twice at once makes one booking; the other waits or gets the same', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const [quote, key] = [await quoteFor(trip, passenger), newKey()]
  const replies = await Promise.all([1, 2, 3].map(() => sendQuote(passenger, quote, key)))
  const fresh = replies.filter((reply) => reply.status === 201 && !reply.headers.has('idempotency-replayed'))
  expect(fresh).toHaveLength(1)
  for (const reply of replies) {
    if (reply.status === 201) expect(reply.body).toEqual(fresh[0]?.body)
    else {
      expect(reply).toMatchObject(refusal(409, 'idempotency_in_flight'))
      expect(reply.headers.get('retry-after')).toBe('1')
    }
  }
  expect((await sendQuote(passenger, quote, key)).headers.get('idempotency-replayed')).toBe('true')
  expect(await seatsTaken(trip)).toEqual([1, 1, 1])
})

test('a refusal is given again too, even when it would no longer be one', async () => {
  const trip = await publishTrip({ seats: 1 })
  const [early, late] = [await signIn(), await signIn()]
  const [quote, key] = [await quoteFor(trip, late), newKey()]
  const booking = await book(trip, early)
  expect(await sendQuote(late, quote, key)).toMatchObject(refusal(409, 'ride_full'))
  expect((await actOn(booking, early, 'cancel')).status).toBe(200)
  const again = await sendQuote(late, quote, key)
  expect(again).toMatchObject({ status: 409, body: { code: 'ride_full' } })
  expect(again.headers.get('idempotency-replayed')).toBe('true')
  // With a key of its own the request is a new one.
  expect((await sendQuote(late, quote, newKey())).status).toBe(201)
})

test('what never reached the operation leaves its key free', async () => {
  const { token } = await signInDriver()
  const headers = newKey()
  expect((await call('POST', VEHICLES, { token, body: {}, headers })).status).toBe(422)
  expect((await call('POST', VEHICLES, { token: 'x', body: newVehicle(), headers })).status).toBe(401)
  expect((await call('POST', VEHICLES, { token, body: newVehicle(), headers })).status).toBe(201)
})

test('a key that is none is refused by every operation that takes one, before anything else of the request', async () => {
  const takers = (await readOperations()).filter((op) => op.idempotent)
  expect(takers.length).toBeGreaterThan(20)
  for (const key of ['with spaces', 'é', '', 'x'.repeat(201)]) {
    const { token } = await signInWithEveryRole()
    for (const { id, method, path } of takers) {
      const reply = await call(method, fillPath(path), { token, headers: { 'idempotency-key': key } })
      expect(reply, `${id} ${key}`).toMatchObject(refusal(400, 'invalid_header'))
    }
  }
})
