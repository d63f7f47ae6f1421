import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { quoteFor } from './client/bookings.ts'
import { type Person, signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

const KeySet = z.object({
  keys: z.array(z.strictObject({ kid: z.string(), x: z.string() }).extend({ ...rest() })).min(1),
})
const Claims = z.looseObject({ sub: z.string(), sid: z.string(), exp: z.number() })
const Header = z.looseObject({ alg: z.literal('ES256'), typ: z.literal('at+jwt'), kid: z.string() })

/** The other fields of a public key; a strict object with them has no room for a private part. */
function rest() {
  return { kty: z.literal('EC'), crv: z.literal('P-256'), y: z.string(), alg: z.string(), use: z.string() }
}

const readPart = (part = ''): unknown => JSON.parse(Buffer.from(part, 'base64url').toString())
const writePart = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const refused = async (token: string) => {
  const reply = await call('GET', '/api/v1/auth/profile', { token })
  expect(reply).toMatchObject(refusal(401, 'token_invalid'))
  expect(reply.headers.get('www-authenticate')).toBe('Bearer')
}

let person: Person
let header: z.infer<typeof Header>
let claims: z.infer<typeof Claims>
let [head, payload, signature] = ['', '', '']

beforeAll(async () => {
  person = await signIn()
  ;[head = '', payload = '', signature = ''] = person.token.split('.')
  header = Header.parse(readPart(head))
  claims = Claims.parse(readPart(payload))
})

test('the key set has the public part of the signing key, and nothing else', async () => {
  const { keys } = expectBody(await call('GET', '/.well-known/jwks.json'), 200, KeySet)
  expect(keys.map((key) => key.kid)).toContain(header.kid)
})

test('a token signed with another key is refused, whatever key it names', async () => {
  const { privateKey } = await generateKeyPair('ES256')
  for (const kid of [header.kid, 'other', '__proto__']) {
    await refused(await new SignJWT(claims).setProtectedHeader({ ...header, kid }).sign(privateKey))
  }
  const { publicKey, privateKey: own } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  await refused(await new SignJWT(claims).setProtectedHeader({ ...header, jwk }).sign(own))
})

test('a token without a signature, or signed with the public key as a secret, is refused', async () => {
  for (const alg of ['none', 'None', 'NONE']) await refused(`${writePart({ ...header, alg })}.${payload}.`)
  await refused(`${head}.${payload}.`)
  const { keys } = expectBody(await call('GET', '/.well-known/jwks.json'), 200, KeySet)
  for (const secret of [JSON.stringify(keys[0]), keys[0]?.x ?? '']) {
    const bytes = new TextEncoder().encode(secret.padEnd(32))
    await refused(await new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(bytes))
  }
})

test('a token whose claims or header were changed is refused', async () => {
  for (const change of [
    { exp: claims.exp + 3600 },
    { exp: 1 },
    { sub: crypto.randomUUID() },
    { sid: crypto.randomUUID() },
  ]) {
    await refused(`${head}.${writePart({ ...claims, ...change })}.${signature}`)
  }
  await refused(`${writePart({ ...header, typ: 'JWT' })}.${payload}.${signature}`)
})

test('another token of ours does not pass for an access token', async () => {
  const trip = await publishTrip()
  await refused(await quoteFor(trip, person))
  await refused(person.refreshToken)
})

test('what is no token at all is refused', async () => {
  const { privateKey } = await generateKeyPair('ES256')
  const text = await new CompactSign(new TextEncoder().encode('hello'))
    .setProtectedHeader(header)
    .sign(privateKey)
  for (const token of ['x', 'a.b.c', '....', `${head}.${payload}`, `${person.token}.x`, text, 'x'.repeat(5000)])
    await refused(token)
})

test.each(['', 'Bearer', 'Bearer ', 'Basic dXNlcjpwdw==', 'Token x', 'Bearer a b'])(
  'the header %j carries no token',
  async (authorization) => {
    const reply = await call('GET', '/api/v1/auth/profile', { headers: { authorization } })
    expect(reply).toMatchObject(refusal(401, 'unauthenticated'))
  },
)

test('a token in the address is not looked at', async () => {
  const reply = await call('GET', `/api/v1/auth/profile?access_token=${person.token}&token=${person.token}`)
  expect(reply).toMatchObject(refusal(401, 'unauthenticated'))
})
