import type { Redis } from '@upstash/redis'
import { z } from 'zod'
import { Problem } from '#packages/errors/problem.ts'
import { type Fix, type Judgement, judgeLocation } from '#packages/location/judge-location.ts'
import { askRedis } from '../http/ask-redis.ts'

/** Where a driver was this long ago says nothing any more. It also ends the effect of a wrong fix that was believed. */
export const LOCATION_SECONDS = 600
/** How often a fix is judged again because another one came between; each time one of them gets through. */
const MAX_TRIES = 20

const KnownFix = z.object({ lat: z.number(), lng: z.number(), at: z.number(), accuracy: z.number().nullable() })

const keyOf = (driverId: string) => `driver:${driverId}:location`

/**
 * Replaces the fix that the new one was judged against, and no other. KEYS: location · ARGV: time of the fix that was
 * known or nothing, time of the new one, the new one, seconds until it expires · returns 1, else the fix that is known.
 */
const REPLACE = `
local known = redis.call('HGET', KEYS[1], 'at') or ''
if known ~= ARGV[1] then return redis.call('HGET', KEYS[1], 'fix') end
redis.call('HSET', KEYS[1], 'at', ARGV[2], 'fix', ARGV[3])
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1`

const readFix = (value: unknown): Fix | null => KnownFix.safeParse(value).data ?? null

/** The last fix of a driver that was accepted, in Redis. */
export async function loadLocation(redis: Redis, driverId: string): Promise<Fix | null> {
  return readFix(await askRedis(() => redis.hget(keyOf(driverId), 'fix')))
}

/** Judges a fix and keeps it where it is accepted; of two at the same moment each is judged after the other. */
export async function keepLocation(
  redis: Redis,
  driverId: string,
  fix: Fix,
  now: number,
): Promise<{ judgement: Judgement; known: Fix | null }> {
  let known = await loadLocation(redis, driverId)
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const judgement = judgeLocation(fix, known, now)
    if (judgement !== 'accepted') return { judgement, known }
    const args = [String(known?.at ?? ''), String(fix.at), JSON.stringify(fix), String(LOCATION_SECONDS)]
    const answer: unknown = await askRedis(() => redis.eval(REPLACE, [keyOf(driverId)], args))
    if (answer === 1) return { judgement, known: fix }
    known = readFix(answer)
  }
  throw new Problem('concurrent_change')
}

export async function forgetLocation(redis: Redis, driverId: string): Promise<void> {
  await askRedis(() => redis.del(keyOf(driverId)))
}
