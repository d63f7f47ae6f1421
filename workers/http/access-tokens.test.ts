import { decodeJwt, SignJWT, UnsecuredJWT } from 'jose'
import { expect, test } from 'vitest'
import { uuidv7 } from '#packages/ids/uuid.ts'
import { newSigningKey } from '#packages/secrets/signing-key.ts'
import { parseSettings } from '../env.ts'
import { completeVariables } from '../testing/complete-variables.ts'
import { accessTokens } from './access-tokens.ts'

const now = Date.UTC(2026, 10, 22)
const variables = await completeVariables()
const settings = parseSettings(variables)
const tokens = await accessTokens(settings)
const [userId, sessionId] = [uuidv7(), uuidv7()]
const invalid = { code: 'token_invalid' }

test('a token says who and which session, for a quarter of an hour', async () => {
  const token = await tokens.sign(userId, sessionId, now)
  expect(await tokens.verify(token, now)).toEqual({ userId, sessionId, expiresAt: now + 900_000 })
  await expect(tokens.verify(token, now + 899_000)).resolves.toBeDefined()
  await expect(tokens.verify(token, now + 900_000)).rejects.toMatchObject({ code: 'token_expired' })
})

test('what is published verifies but does not sign', () => {
  for (const key of tokens.publicKeys.keys) expect(Object.keys(key)).not.toContain('d')
})

test('a rotated key still verifies, a dropped one does not', async () => {
  const old = await tokens.sign(userId, sessionId, now)
  const fresh = await newSigningKey()
  const withKeys = (keys: unknown[]) =>
    accessTokens(parseSettings({ ...variables, JWT_SIGNING_KEYS: JSON.stringify({ keys }) }))
  const rotated = await withKeys([fresh, ...settings.JWT_SIGNING_KEYS.keys])
  await expect(rotated.verify(old, now)).resolves.toMatchObject({ userId })
  const dropped = await withKeys([fresh])
  await expect(dropped.verify(old, now)).rejects.toMatchObject(invalid)
})

test('tokens of another issuer, audience, type, algorithm or without a signature are refused', async () => {
  const claims = decodeJwt(await tokens.sign(userId, sessionId, now))
  const others = await Promise.all(
    [{ JWT_ISSUER: 'https://evil.test' }, { JWT_AUDIENCE: 'someone-else' }].map(async (change) =>
      (await accessTokens(parseSettings({ ...variables, ...change }))).sign(userId, sessionId, now),
    ),
  )
  const kid = settings.JWT_SIGNING_KEYS.keys[0]?.kid ?? ''
  const symmetric = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid })
    .sign(new TextEncoder().encode(JSON.stringify(tokens.publicKeys.keys[0])))
  const unsigned = new UnsecuredJWT(claims).encode()
  for (const token of [...others, symmetric, unsigned, 'a.b.c', '']) {
    await expect(tokens.verify(token, now), token).rejects.toMatchObject(invalid)
  }
})

test('another kind of JWT of ours is not an access token', async () => {
  const other = await accessTokens(settings)
  const token = await other.sign(userId, sessionId, now)
  const [head = '', ...rest] = token.split('.')
  const header = { ...JSON.parse(Buffer.from(head, 'base64url').toString()), typ: 'JWT' }
  const retyped = [Buffer.from(JSON.stringify(header)).toString('base64url'), ...rest].join('.')
  await expect(tokens.verify(retyped, now)).rejects.toMatchObject(invalid)
})
