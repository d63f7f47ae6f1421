import { sql } from 'drizzle-orm'
import { afterAll, vi } from 'vitest'
import { z } from 'zod'
import { type Db, readRow } from '../../db/client.ts'
import { signIn } from '../../db/queries/auth/sign-in.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { startRedis } from '../../packages/local-cloud/redis/start-redis.ts'
import { Journal } from '../../packages/local-cloud/stand-ins/journal.ts'
import { createRazorpay, type Razorpay } from '../../packages/local-cloud/stand-ins/razorpay/razorpay.ts'
import { createApp } from '../../workers/app.ts'
import type { Services } from '../../workers/context.ts'
import { parseSettings } from '../../workers/env.ts'
import { composeServices } from '../../workers/services.ts'
import { completeVariables } from '../../workers/testing/complete-variables.ts'
import { openWorld } from './open-world.ts'
import { nobodyLive, unused } from './surroundings.ts'

const HOST = 'api.razorpay.com'
const API = 'https://api.margwa.test/api/v1'
const HOUR_MS = 3600_000
export const KEYS = {
  ...{ RAZORPAY_KEY_ID: 'rzp_test_1', RAZORPAY_KEY_SECRET: 'key-secret' },
  ...{ RAZORPAY_WEBHOOK_SECRET: 'webhook-secret', RAZORPAY_PAYOUT_ACCOUNT: '7878780080316316' },
}

export interface PaymentWorld {
  db: Db
  /** What the runners take; the log is only counted. */
  services: Services
  /** Razorpay, as it is simulated; its webhooks wait in `told`. */
  razorpay: Razorpay
  told: Request[]
  /** What was logged as an error. */
  errors: string[]
  /** Asks as this person, or as nobody, and waits for what goes on after the reply. */
  ask: (
    userId: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>
  /** Brings webhooks that wait to the application; returns its answers. */
  deliver: (webhooks?: readonly Request[]) => Promise<number[]>
}

export interface Answer {
  status: number
  body: Record<string, unknown>
}

/** The whole application in this process, with a simulated Razorpay, on a world of its own. */
export async function openPaymentWorld(): Promise<PaymentWorld> {
  // Whole flows, on a machine that may have other work.
  vi.setConfig({ testTimeout: 60_000 })
  const db = await openWorld()
  const ofDatabase = globalThis.fetch
  const settings = parseSettings({ ...(await completeVariables()), ...KEYS })
  const redis = await startRedis({ token: settings.UPSTASH_REDIS_REST_TOKEN })
  const told: Request[] = []
  const razorpay = createRazorpay({
    ...{ journal: new Journal(), keyId: KEYS.RAZORPAY_KEY_ID, keySecret: KEYS.RAZORPAY_KEY_SECRET },
    ...{ webhookSecret: KEYS.RAZORPAY_WEBHOOK_SECRET, payoutAccount: KEYS.RAZORPAY_PAYOUT_ACCOUNT },
    webhookUrl: `${API}/payments/webhook`,
    send: async (request) => {
      told.push(request)
      return new Response()
    },
  })
  afterAll(async () => {
    await razorpay.close()
    await redis.close()
  })
  const ofRedis = new URL(settings.UPSTASH_REDIS_REST_URL).host
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    const { host } = new URL(url)
    if (host === HOST) return razorpay.fetch(new Request(url, init))
    return host === ofRedis ? redis.fetch(new Request(url, init)) : ofDatabase(url, init)
  })
  const deferred: Promise<unknown>[] = []
  const errors: string[] = []
  const composed = await composeServices(settings, {
    live: nobodyLive(),
    metrics: { observe: () => undefined, isDue: () => false, flush: unused, expose: unused },
    platform: {
      ...{ callerAddress: () => '203.0.113.7', keepAlive: (_, work) => void deferred.push(work) },
      ...{ refuseSocket: unused, drainSoon: async () => undefined },
    },
    objects: { put: unused, size: unused, get: unused, delete: unused },
    pictures: { makeAvatars: unused, cleanPicture: unused },
  })
  const log = { info: () => undefined, warn: () => undefined, error: (said: string) => void errors.push(said) }
  const services = { ...composed, log }
  const app = createApp(services)
  const fetchApp = async (request: Request) => {
    const reply = await app.fetch(request)
    const text = await reply.text()
    while (deferred.length > 0) await Promise.all(deferred.splice(0))
    return { status: reply.status, body: z.record(z.string(), z.unknown()).parse(JSON.parse(text || '{}')) }
  }
  const ask: PaymentWorld['ask'] = async (userId, method, path, body, more) => {
    const headers = new Headers(more)
    if (userId) headers.set('authorization', `Bearer ${await tokenOf(services, userId)}`)
    if (body !== undefined) headers.set('content-type', 'application/json')
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
    return fetchApp(new Request(`${API}${path}`, init))
  }
  const deliver: PaymentWorld['deliver'] = async (webhooks = told.splice(0)) => {
    const answers = await Promise.all(webhooks.map((webhook) => fetchApp(webhook.clone())))
    return answers.map(({ status }) => status)
  }
  return { db, services, razorpay, told, errors, ask, deliver }
}

/** A token on a session of theirs; who was put in without one signs in. */
async function tokenOf({ db, tokens }: Services, userId: string): Promise<string> {
  const session = sql`select id from sessions where user_id = ${userId}`
  const known = await readRow(db, session, z.object({ id: z.string() }))
  const sessionId = known?.id ?? uuidv7()
  if (!known) {
    const phone = sql`select phone from users where id = ${userId}`
    const person = await readRow(db, phone, z.object({ phone: z.string() }))
    const now = new Date()
    const expiresAt = new Date(now.getTime() + HOUR_MS)
    const device = { newUserId: uuidv7(), deviceName: null, refreshHash: uuidv7() }
    await signIn(db, { ...device, phone: person?.phone ?? '', sessionId, now, expiresAt })
  }
  return tokens.sign(userId, sessionId, Date.now())
}
