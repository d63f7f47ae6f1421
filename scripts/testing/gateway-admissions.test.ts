import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readRow } from '../../db/client.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { gatewayBackend } from '../../workers/realtime/gateway-backend.ts'
import { setBooking } from './chat-world.ts'
import { openApp } from './open-app.ts'
import { newPerson, newRide } from './open-world.ts'

const { db, services } = await openApp()
const error = vi.fn<(message: string) => void>()
const log = { info: () => undefined, warn: () => undefined, error }
const backend = gatewayBackend({ ...services, log }, async () => new Response())
const now = new Date()

async function sessionOf(userId: string): Promise<string> {
  const session = await readRow(
    db,
    sql`select id from sessions where user_id = ${userId}`,
    z.object({ id: z.string() }),
  )
  return session?.id ?? ''
}

test('of tokens that come together each gets its own answer', async () => {
  const [anna, banned] = [await newPerson(db, now), await newPerson(db, now)]
  const sign = async (userId: string, at = Date.now()) =>
    services.tokens.sign(userId, await sessionOf(userId), at)
  await db.execute(sql`update users set banned_at = now() where id = ${banned}`)
  const old = await sign(anna, Date.now() - 24 * 3600_000)
  expect(await backend.admit([await sign(anna), 'nonsense', await sign(banned), old])).toEqual([
    { pass: { userId: anna, sessionId: await sessionOf(anna), drives: false }, isExpired: false },
    { refused: { code: 'token_invalid', message: expect.any(String) } },
    { refused: { code: 'session_revoked', message: expect.any(String) } },
    { pass: expect.objectContaining({ userId: anna }), isExpired: true },
  ])
  expect(await backend.admit([])).toEqual([])
})

test('what breaks with one token is told of, and breaks nothing for the others', async () => {
  const anna = await newPerson(db, now)
  const token = await services.tokens.sign(anna, await sessionOf(anna), Date.now())
  const verify = services.tokens.verify.bind(services.tokens)
  vi.spyOn(services.tokens, 'verify').mockImplementation(async (given, at) => {
    if (given === 'breaks') throw new TypeError('a fault of ours')
    return verify(given, at)
  })
  expect(await backend.admit(['breaks', token])).toEqual([
    { refused: { code: 'internal', message: 'Something went wrong on our side' } },
    { pass: expect.objectContaining({ userId: anna }), isExpired: false },
  ])
  expect(error).toHaveBeenCalledOnce()
  vi.restoreAllMocks()
})

test('of wishes that come together each gets its own answer, from one statement', async () => {
  const [first, second] = [await newRide(db, now, 3), await newRide(db, now, 3)]
  const [anna, bina] = [await newPerson(db, now), await newPerson(db, now)]
  await setBooking(db, { rideId: first.rideId, passengerId: anna, state: 'confirmed' }, now)
  await setBooking(db, { rideId: second.rideId, passengerId: bina, state: 'cancelled' }, now)
  const wish = (userId: string, rideId: string) => ({ userId, rideId, sessionId: `session of ${userId}` })
  const asked = vi.spyOn(services.db, 'execute')
  const answers = await backend.passToRides([
    wish(first.driverId, first.rideId),
    wish(anna, second.rideId),
    wish(anna, first.rideId),
    wish(anna, uuidv7()),
    wish(bina, second.rideId),
    wish(anna, first.rideId),
  ])
  expect(asked).toHaveBeenCalledOnce()
  const refused = (code: string) => ({ refused: { code, message: expect.any(String) } })
  const passenger = { pass: expect.objectContaining({ role: 'passenger', userId: anna }) }
  expect(answers).toEqual([
    { pass: expect.objectContaining({ role: 'driver', sessionId: `session of ${first.driverId}` }) },
    refused('not_on_ride'),
    passenger,
    refused('not_found'),
    refused('not_on_ride'),
    passenger,
  ])
})

test('a database that is down refuses everybody, with its code', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('out of reach')))
  const wish = { userId: uuidv7(), sessionId: uuidv7(), rideId: uuidv7() }
  expect(await backend.passToRides([wish, wish])).toEqual([
    { refused: { code: 'dependency_unavailable', message: expect.any(String) } },
    { refused: { code: 'dependency_unavailable', message: expect.any(String) } },
  ])
})
