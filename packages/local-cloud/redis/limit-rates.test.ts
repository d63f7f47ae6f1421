import { Ratelimit } from '@upstash/ratelimit'
import { Redis } from '@upstash/redis'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type HttpServer, serveHttp } from '../inbox/serve-http.ts'
import { type LocalRedis, startRedis } from './start-redis.ts'

const START = Date.UTC(2026, 10, 22)
let local: LocalRedis
let server: HttpServer
let redis: Redis

beforeEach(async () => {
  // Only the date is faked: the limiter computes windows from it, and the HTTP below needs real timers.
  vi.useFakeTimers({ toFake: ['Date'], now: START })
  local = await startRedis({ token: 't', clock: () => Date.now() })
  server = await serveHttp(local.fetch)
  redis = new Redis({ url: server.url, token: 't', retry: false })
})
afterEach(async () => {
  vi.useRealTimers()
  await server.close()
  await local.close()
})

type Limiter = ConstructorParameters<typeof Ratelimit>[0]['limiter']
const create = (limiter: Limiter) => new Ratelimit({ redis, limiter, ephemeralCache: false })

async function allowed(limiter: Ratelimit, times: number): Promise<number> {
  let count = 0
  for (let i = 0; i < times; i++) count += (await limiter.limit('caller')).success ? 1 : 0
  return count
}

test('fixed window', async () => {
  const limiter = create(Ratelimit.fixedWindow(3, '10 s'))
  expect(await allowed(limiter, 5)).toBe(3)
  vi.setSystemTime(START + 9_999)
  expect(await allowed(limiter, 1)).toBe(0)
  vi.setSystemTime(START + 10_000)
  expect(await allowed(limiter, 5)).toBe(3)
  vi.setSystemTime(START + 20_001)
  expect(await redis.dbsize()).toBe(0)
})

test('sliding window', async () => {
  const limiter = create(Ratelimit.slidingWindow(10, '10 s'))
  expect(await allowed(limiter, 12)).toBe(10)
  // Half of the next window: half of the ten before still count.
  vi.setSystemTime(START + 15_000)
  expect(await allowed(limiter, 12)).toBe(5)
  const { reset, remaining } = await limiter.limit('caller')
  expect([reset, remaining]).toEqual([START + 20_000, 0])
})

test('token bucket', async () => {
  const limiter = create(Ratelimit.tokenBucket(2, '1 s', 5))
  expect(await allowed(limiter, 7)).toBe(5)
  vi.setSystemTime(START + 2_000)
  expect(await allowed(limiter, 7)).toBe(4)
})

test('each caller has a window of its own, and a reset forgets it', async () => {
  const limiter = create(Ratelimit.fixedWindow(1, '10 s'))
  expect(await allowed(limiter, 2)).toBe(1)
  expect((await limiter.limit('someone else')).success).toBe(true)
  await limiter.resetUsedTokens('caller')
  expect(await allowed(limiter, 2)).toBe(1)
})

test('a day-long window counts as well as a short one', async () => {
  const limiter = create(Ratelimit.slidingWindow(2, '1 d'))
  expect(await allowed(limiter, 3)).toBe(2)
  vi.setSystemTime(START + 2 * 86_400_000)
  expect(await allowed(limiter, 3)).toBe(2)
})
