import { CompactSign, importJWK, SignJWT } from 'jose'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newSigningKey } from '../../packages/secrets/signing-key.ts'
import { createApp } from '../../workers/app.ts'
import type { Host } from '../../workers/context.ts'
import { parseSettings } from '../../workers/env.ts'
import { jsonLog } from '../../workers/http/log.ts'
import { composeServices } from '../../workers/services.ts'
import { completeVariables } from '../../workers/testing/complete-variables.ts'
import { nobodyLive } from './surroundings.ts'

const never = async () => {
  throw new Error('nothing behind the gate may be asked')
}

/** Surroundings in which nothing is reached: a wrong token is refused before. */
const host: Host = {
  live: nobodyLive({ joinRide: never, announce: never, joinHub: never, tellUser: never }),
  metrics: { observe: () => undefined, isDue: () => false, flush: never, expose: never },
  platform: {
    callerAddress: () => '203.0.113.7',
    keepAlive: () => undefined,
    drainSoon: never,
    refuseSocket: () => new Response(null, { status: 401 }),
  },
  objects: { put: never, size: never, get: never, delete: never },
  pictures: { makeAvatars: never, cleanPicture: never },
}

const variables = await completeVariables()
const settings = parseSettings(variables)
const lines: string[] = []
const services = { ...(await composeServices(settings, host)), log: jsonLog((line) => lines.push(line)) }
const app = createApp(services)
const asked = vi.fn(never)
vi.stubGlobal('fetch', asked)

beforeEach(() => {
  lines.length = 0
})
afterAll(() => vi.unstubAllGlobals())

const [jwk] = settings.JWT_SIGNING_KEYS.keys
if (!jwk) throw new Error('no key')
/** A private key as what signs. */
async function signingKey(key: Awaited<ReturnType<typeof newSigningKey>> | typeof jwk) {
  const imported = await importJWK({ ...key }, 'ES256')
  if (imported instanceof Uint8Array) throw new Error('a secret, not a key')
  return imported
}
const [own, foreign] = [await signingKey(jwk), await signingKey(await newSigningKey())]
const header = { alg: 'ES256', typ: 'at+jwt', kid: jwk.kid }
const seconds = Math.floor(Date.now() / 1000)
const claims = {
  sub: uuidv7(),
  sid: uuidv7(),
  iss: settings.JWT_ISSUER,
  aud: settings.JWT_AUDIENCE,
  iat: seconds,
  exp: seconds + 900,
}
const sign = (more: object, head: object = {}, key = own) =>
  new SignJWT({ ...claims, ...more }).setProtectedHeader({ ...header, ...head }).sign(key)
const { sid: _sid, ...withoutSession } = claims
const { exp: _exp, ...withoutEnd } = claims

test.each([
  ['of another key', sign({}, {}, foreign), 'token_invalid'],
  ['of a key that is not known', sign({}, { kid: 'other' }, foreign), 'token_invalid'],
  ['that has expired', sign({ iat: seconds - 1000, exp: seconds - 1 }), 'token_expired'],
  ['that does not expire', new SignJWT(withoutEnd).setProtectedHeader(header).sign(own), 'token_invalid'],
  ['for another audience', sign({ aud: 'someone-else' }), 'token_invalid'],
  ['of another issuer', sign({ iss: 'https://evil.test' }), 'token_invalid'],
  ['of another type', sign({}, { typ: 'JWT' }), 'token_invalid'],
  ['of no type', sign({}, { typ: undefined }), 'token_invalid'],
  ['without a session', new SignJWT(withoutSession).setProtectedHeader(header).sign(own), 'token_invalid'],
  ['for somebody who is no id', sign({ sub: 'admin' }), 'token_invalid'],
  [
    'that is signed text',
    new CompactSign(new TextEncoder().encode('hi')).setProtectedHeader(header).sign(own),
    'token_invalid',
  ],
])('a token %s is a 401, and a log line without the token', async (_name, made, code) => {
  const token = await made
  const request = new Request('https://api.margwa.test/api/v1/auth/profile', {
    headers: { authorization: `Bearer ${token}` },
  })
  const reply = await app.fetch(request)
  expect(reply.status).toBe(401)
  expect(await reply.json()).toMatchObject({ code })
  expect(reply.headers.get('www-authenticate')).toBe('Bearer')
  expect(asked).not.toHaveBeenCalled()

  const requests = lines.map((line) => z.looseObject({}).parse(JSON.parse(line)))
  expect(requests).toMatchObject([{ level: 'info', message: 'request', operation: 'getProfile', status: 401 }])
  const log = lines.join('\n')
  for (const part of [token, ...token.split('.')]) expect(log).not.toContain(part)
  expect(log).not.toContain(claims.sub)
})

test('the right token gets past the gate, so it is the tokens that were refused', async () => {
  const request = new Request('https://api.margwa.test/api/v1/auth/profile', {
    headers: { authorization: `Bearer ${await sign({})}` },
  })
  const reply = await app.fetch(request)
  expect(reply.status).toBe(503)
  expect(asked).toHaveBeenCalled()
  expect(lines.join('\n')).not.toContain(claims.sid)
})
