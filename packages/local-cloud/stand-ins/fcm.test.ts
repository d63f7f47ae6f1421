import { exportSPKI, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createFcm } from './fcm.ts'
import { Journal } from './journal.ts'

const TokenReply = z.object({ access_token: z.string().optional(), error: z.string().optional() })
const START = Date.UTC(2026, 10, 22)
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
let now = START
let keys: Awaited<ReturnType<typeof generateKeyPair>>
let publicKey: string
let journal: Journal
let fcm: ReturnType<typeof createFcm>

beforeAll(async () => {
  keys = await generateKeyPair('RS256', { extractable: true })
  publicKey = await exportSPKI(keys.publicKey)
})
beforeEach(() => {
  now = START
  journal = new Journal(() => now)
  fcm = createFcm({ journal, projectId: 'margwa', publicKey, clock: () => now })
})

const sign = (
  key: typeof keys.privateKey,
  { seconds = 3600, scope = SCOPE, audience = 'https://oauth2.googleapis.com/token' } = {},
) =>
  new SignJWT({ scope })
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer('push@margwa.iam.gserviceaccount.com')
    .setAudience(audience)
    .setIssuedAt(START / 1000)
    .setExpirationTime(START / 1000 + seconds)
    .sign(key)

async function exchange(assertion: string, grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
  const response = await fcm.fetch(
    new Request('https://oauth2.googleapis.com/token', {
      method: 'POST',
      body: new URLSearchParams({ grant_type: grant, assertion }),
    }),
  )
  const body = TokenReply.parse(await response.json())
  return { status: response.status, body }
}

async function send(body: unknown, { token = '', project = 'margwa' } = {}) {
  const bearer = token || ((await exchange(await sign(keys.privateKey))).body.access_token ?? '')
  return fcm.fetch(
    new Request(`https://fcm.googleapis.com/v1/projects/${project}/messages:send`, {
      method: 'POST',
      headers: { authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
    }),
  )
}

test('a push with a fresh access token is kept', async () => {
  const message = { token: 'device', notification: { title: 'Booked', body: 'Seat 2' }, data: { ride: 'r1' } }
  const response = await send({ message })
  expect(response.status).toBe(200)
  expect(await response.json()).toEqual({ name: expect.stringMatching(/^projects\/margwa\/messages\/0:/) })
  expect(journal.list()).toMatchObject([{ kind: 'push', summary: 'Booked', to: 'device', data: message }])
})

test('a dry run is answered and not kept', async () => {
  expect((await send({ validate_only: true, message: { token: 'device' } })).status).toBe(200)
  expect(journal.list()).toEqual([])
})

test.each([
  ['unregistered-1', 404, 'UNREGISTERED'],
  ['mismatch-1', 403, 'SENDER_ID_MISMATCH'],
  ['quota-1', 429, 'QUOTA_EXCEEDED'],
  ['unavailable-1', 503, 'UNAVAILABLE'],
  ['internal-1', 500, 'INTERNAL'],
  ['invalid-1', 400, 'INVALID_ARGUMENT'],
])('%s answers %i', async (token, status, errorCode) => {
  const response = await send({ message: { token } })
  expect(response.status).toBe(status)
  expect(await response.json()).toMatchObject({
    error: {
      code: status,
      details: [{ '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError', errorCode }],
    },
  })
  expect(response.headers.has('retry-after')).toBe(status === 429 || status === 503)
  expect(journal.list()).toEqual([])
})

test.each([
  ['no target', { message: { data: {} } }],
  ['two targets', { message: { token: 'a', topic: 'b' } }],
  ['data that is no text', { message: { token: 'a', data: { n: 12 } } }],
  ['an unknown field', { message: { token: 'a', body: 'x' } }],
  ['no message', {}],
  ['too much', { message: { token: 'a', data: { x: 'y'.repeat(4100) } } }],
])('%s is an invalid argument', async (_name, body) => {
  const response = await send(body)
  expect([response.status, await response.json()]).toMatchObject([
    400,
    { error: { status: 'INVALID_ARGUMENT' } },
  ])
})

test('a foreign project, an unknown and an old access token are refused', async () => {
  expect((await send({ message: { token: 'a' } }, { project: 'other' })).status).toBe(403)
  expect((await send({ message: { token: 'a' } }, { token: 'ya29.made-up' })).status).toBe(401)
  const { body } = await exchange(await sign(keys.privateKey))
  now += 3_600_000
  expect((await send({ message: { token: 'a' } }, { token: body.access_token ?? '' })).status).toBe(401)
})

test('only a valid assertion of the service account earns a token', async () => {
  const other = await generateKeyPair('RS256')
  const refused = [
    await sign(other.privateKey),
    await sign(keys.privateKey, { seconds: -1 }),
    await sign(keys.privateKey, { seconds: 7200 }),
    await sign(keys.privateKey, { scope: 'email' }),
    await sign(keys.privateKey, { audience: 'https://example.com' }),
    'nonsense',
  ]
  for (const assertion of refused) expect((await exchange(assertion)).status).toBe(400)
  expect((await exchange(await sign(keys.privateKey), 'password')).body.error).toBe('unsupported_grant_type')
})
