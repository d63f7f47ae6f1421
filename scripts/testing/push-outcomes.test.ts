import { createPrivateKey, createPublicKey } from 'node:crypto'
import { exportPKCS8, generateKeyPair } from 'jose'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { serveHttp } from '../../packages/local-cloud/inbox/serve-http.ts'
import { createFcm } from '../../packages/local-cloud/stand-ins/fcm.ts'
import { Journal } from '../../packages/local-cloud/stand-ins/journal.ts'
import { firebasePush } from '../../packages/push/firebase-push.ts'
import type { Push } from '../../packages/push/push-port.ts'
import { EGRESS_HEADER } from '../system/egress-wire.ts'
import { redirectHttps } from '../system/redirect-https.ts'

/** The real firebase-admin, and the stand-in for FCM behind its real hostnames. */
const { privateKey } = await generateKeyPair('RS256', { extractable: true })
const pem = await exportPKCS8(privateKey)
const publicKey = createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'pem' }).toString()
const account = { project_id: 'margwa-test', client_email: 'push@margwa.test', private_key: pem }
const journal = new Journal()
const fcm = createFcm({ journal, projectId: 'margwa-test', publicKey })

const askFcm = (request: Request) => fcm.fetch(request)
let asked: string[] = []
let answer: ((request: Request) => Promise<Response>) | undefined
const take = async (url: string, request: Request) => {
  asked.push(new URL(url).hostname)
  return (answer ?? askFcm)(new Request(new Request(url, request)))
}
const server = await serveHttp((request) => take(request.headers.get(EGRESS_HEADER) ?? '', request))
const restore = redirectHttps(server.url)
const realFetch = globalThis.fetch
vi.stubGlobal('fetch', async (url: string, init: RequestInit) =>
  url.startsWith('https://') ? take(url, new Request(url, init)) : realFetch(url, init),
)
afterAll(async () => {
  restore()
  vi.unstubAllGlobals()
  await server.close()
})
beforeEach(() => {
  asked = []
  answer = undefined
  journal.clear()
})

const pushTo = (token: string, more: Partial<Push> = {}): Push => ({
  ...{ token, title: 'Booked', body: 'Bengaluru → Mysuru', data: { type: 'booking_made', bookingId: 'b1' } },
  ...{ thread: 'booking:b1', expiresAt: Date.now() + 60_000, urgent: false, ...more },
})
const send = (...pushes: Push[]) => firebasePush(account).send(pushes, Date.now())

test('a push arrives with its text, its ids and its thread', async () => {
  expect(await send(pushTo('device-one', { urgent: true }))).toEqual([{ type: 'sent' }])
  expect(journal.list()).toMatchObject([
    {
      to: 'device-one',
      data: {
        notification: { title: 'Booked', body: 'Bengaluru → Mysuru' },
        data: { type: 'booking_made', bookingId: 'b1' },
        android: { priority: 'high', notification: { tag: 'booking:b1' } },
        apns: { headers: { 'apns-collapse-id': 'booking:b1', 'apns-priority': '10' } },
      },
    },
  ])
})

test('many pushes of several batches are sent with one access token', async () => {
  const push = firebasePush(account)
  const batch = Array.from({ length: 5 }, (_, n) => pushTo(`device-${n}`))
  expect(await push.send(batch, Date.now())).toEqual(batch.map(() => ({ type: 'sent' })))
  await push.send(batch, Date.now())
  expect(asked.filter((host) => host === 'oauth2.googleapis.com')).toHaveLength(1)
  expect(journal.list()).toHaveLength(10)
  // Five minutes before its end a token is renewed.
  await push.send(batch, Date.now() + 3599_000 - 300_000)
  expect(asked.filter((host) => host === 'oauth2.googleapis.com')).toHaveLength(2)
})

test.each([
  ['unregistered-1', { type: 'gone', ours: true }],
  ['mismatch-1', { type: 'gone', ours: false }],
  ['quota-1', { type: 'later', afterMs: 2000 }],
  ['unavailable-1', { type: 'later', afterMs: 2000 }],
  ['internal-1', { type: 'later', afterMs: null }],
  ['invalid-1', { type: 'refused' }],
])('%s: what FCM answers is understood, and asked once', async (token, outcome) => {
  expect(await send(pushTo(token), pushTo('device-two'))).toMatchObject([outcome, { type: 'sent' }])
  expect(asked.filter((host) => host === 'fcm.googleapis.com')).toHaveLength(2)
})

test('a mistake of ours costs nobody their token', async () => {
  const project = firebasePush({ ...account, project_id: 'another' })
  expect(await project.send([pushTo('device-one')], Date.now())).toMatchObject([{ type: 'later' }])
  answer = async (request) =>
    request.url.includes('oauth2')
      ? fcm.fetch(request)
      : Response.json({ error: { status: 'NOT_FOUND' } }, { status: 404 })
  expect(await send(pushTo('device-one'))).toMatchObject([{ type: 'later' }])
})

test.each([
  ['garbage', async () => new Response('{"name":', { headers: { 'content-type': 'application/json' } })],
  ['an empty 502', async () => new Response(null, { status: 502 })],
  ['a 401', async () => Response.json({ error: { status: 'UNAUTHENTICATED' } }, { status: 401 })],
])('%s is not the end of a push', async (_, reply) => {
  answer = (request) => (request.url.includes('oauth2') ? fcm.fetch(request) : reply())
  expect(await send(pushTo('device-one'))).toMatchObject([{ type: 'later', afterMs: null }])
})

test('an access token that FCM does not take any more is not used again', async () => {
  const push = firebasePush(account)
  answer = (request) =>
    request.url.includes('oauth2')
      ? askFcm(request)
      : Promise.resolve(Response.json({ error: {} }, { status: 401 }))
  expect(await push.send([pushTo('device-one')], Date.now())).toMatchObject([{ type: 'later' }])
  answer = undefined
  expect(await push.send([pushTo('device-one')], Date.now())).toEqual([{ type: 'sent' }])
  expect(asked.filter((host) => host === 'oauth2.googleapis.com')).toHaveLength(2)
})

test('without an access token nothing is sent, and everything waits', async () => {
  answer = async () => new Response('no', { status: 503 })
  expect(await send(pushTo('device-one'), pushTo('device-two'))).toMatchObject([
    { type: 'later' },
    { type: 'later' },
  ])
  expect(asked).toEqual(['oauth2.googleapis.com'])
  const bad = firebasePush({ ...account, private_key: 'PRIVATE KEY' })
  expect(await bad.send([pushTo('device-one')], Date.now())).toMatchObject([{ type: 'later' }])
})
