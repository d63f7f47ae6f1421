import { sql } from 'drizzle-orm'
import { afterAll, vi } from 'vitest'
import { z } from 'zod'
import { type Db, readRow } from '../../db/client.ts'
import { startRedis } from '../../packages/local-cloud/redis/start-redis.ts'
import { createApp } from '../../workers/app.ts'
import { parseSettings } from '../../workers/env.ts'
import { composeServices } from '../../workers/services.ts'
import { completeVariables } from '../../workers/testing/complete-variables.ts'
import { openWorld } from './open-world.ts'
import { nobodyLive, unused } from './surroundings.ts'

/**
 * The whole application in this process, on a world of its own, for what no client brings about.
 * @param variables of its environment, beside those that have no default
 */
export async function openApp(variables: Record<string, string> = {}) {
  const db = await openWorld()
  const ofDatabase = globalThis.fetch
  const settings = parseSettings({ ...(await completeVariables()), ...variables })
  const redis = await startRedis({ token: settings.UPSTASH_REDIS_REST_TOKEN })
  afterAll(() => redis.close())
  const ofRedis = new URL(settings.UPSTASH_REDIS_REST_URL).host
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    new URL(url).host === ofRedis ? redis.fetch(new Request(url, init)) : ofDatabase(url, init),
  )
  const deferred: Promise<unknown>[] = []
  const services = await composeServices(settings, {
    live: nobodyLive(),
    metrics: { observe: () => undefined, isDue: () => false, flush: unused, expose: unused },
    platform: {
      callerAddress: () => '203.0.113.7',
      keepAlive: (_, work) => void deferred.push(work),
      refuseSocket: unused,
      drainSoon: async () => undefined,
    },
    objects: { put: unused, size: unused, get: unused, delete: unused },
    pictures: { makeAvatars: unused, cleanPicture: unused },
  })
  const app = createApp({ ...services, log: { info: () => undefined, warn: unused, error: unused } })
  return {
    ...{ db, redis: services.redis, services },
    /** Asks as this person, and waits for what goes on after the reply. */
    ask: async (
      userId: string,
      method: string,
      path: string,
      content?: object,
      more: Record<string, string> = {},
    ): Promise<{ reply: Response; body: unknown }> => {
      const token = await services.tokens.sign(userId, await sessionOf(db, userId), Date.now())
      const type = content && { 'content-type': 'application/json' }
      const headers = { authorization: `Bearer ${token}`, 'accept-language': 'en', ...type, ...more }
      const request = { method, headers, ...(content && { body: JSON.stringify(content) }) }
      const reply = await app.fetch(new Request(`https://api.margwa.test/api/v1${path}`, request))
      const text = await reply.text()
      await Promise.all(deferred.splice(0))
      const isJson = reply.headers.get('content-type')?.includes('json')
      return { reply, body: isJson ? JSON.parse(text) : text || null }
    },
  }
}

async function sessionOf(db: Db, userId: string): Promise<string> {
  const id = z.object({ id: z.string() })
  return (await readRow(db, sql`select id from sessions where user_id = ${userId}`, id))?.id ?? ''
}
