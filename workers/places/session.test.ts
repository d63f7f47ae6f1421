import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type HttpServer, serveHttp } from '#packages/local-cloud/inbox/serve-http.ts'
import { type LocalRedis, startRedis } from '#packages/local-cloud/redis/start-redis.ts'
import { GOOGLE_QUESTIONS_A_DAY, mayAskGoogle } from './allowance.ts'
import { continueSession, endSession, SESSION_MS } from './session.ts'

const REDIS_TOKEN = 'local-token'
const DAY_MS = 24 * 3600_000
const over = { code: 'place_session_ended' }
let now = Date.UTC(2026, 10, 22, 6)
let local: LocalRedis
let server: HttpServer
let redis: Redis
let token: string

beforeAll(async () => {
  local = await startRedis({ token: REDIS_TOKEN, clock: () => now })
  server = await serveHttp(local.fetch)
  redis = new Redis({ url: server.url, token: REDIS_TOKEN, retry: false })
})
beforeEach(() => {
  token = crypto.randomUUID()
})
afterAll(async () => {
  await server.close()
  await local.close()
})

const by = (userId: string) => ({ actor: { userId }, redis, now })
const type = (userId = 'asha') => continueSession(by(userId), token)
const choose = (placeId: string, userId = 'asha') => endSession(by(userId), token, placeId)

test('a session is typing until a choice', async () => {
  await type()
  await type()
  expect(await choose('a')).toBe(true)
  await expect(type()).rejects.toMatchObject(over)
})

test('the same choice may be asked for again, and no longer belongs to the session; another may not', async () => {
  expect(await choose('a')).toBe(true)
  expect(await choose('a')).toBe(false)
  await expect(choose('b')).rejects.toMatchObject(over)
})

test('of choices at once one ends the session', async () => {
  const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map((placeId) => choose(placeId)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toEqual([
    { status: 'fulfilled', value: true },
  ])
})

test('a session is over after ten minutes', async () => {
  await type()
  now += SESSION_MS
  await type()
  now += 1
  await expect(type()).rejects.toMatchObject(over)
  await expect(choose('a')).rejects.toMatchObject(over)
})

test('nobody ends the session of somebody else', async () => {
  await choose('a', 'ravi')
  await type('asha')
})

test('ids that look like numbers stay what they are', async () => {
  expect(await choose('12345678901234567890')).toBe(true)
  expect(await choose('12345678901234567890')).toBe(false)
})

test('while Redis does not answer sessions go on, and Google is not asked uncounted', async () => {
  const deaf = new Redis({ url: 'http://127.0.0.1:1', token: 'x', retry: false })
  const ctx = { actor: { userId: 'asha' }, redis: deaf, now }
  await continueSession(ctx, token)
  expect(await endSession(ctx, token, 'a')).toBe(true)
  expect(await mayAskGoogle(ctx)).toBe(false)
})

test('a day has so many questions for each, and the next day as many again', async () => {
  const asked = await Promise.all(
    Array.from({ length: GOOGLE_QUESTIONS_A_DAY + 20 }, () => mayAskGoogle(by('meera'))),
  )
  expect(asked.filter(Boolean)).toHaveLength(GOOGLE_QUESTIONS_A_DAY)
  expect(await mayAskGoogle(by('meera'))).toBe(false)
  expect(await mayAskGoogle(by('asha'))).toBe(true)
  now += DAY_MS
  expect(await mayAskGoogle(by('meera'))).toBe(true)
})
