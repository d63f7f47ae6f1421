import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromBase64url } from '#packages/secrets/encode-bytes.ts'
import { sha256 } from '#packages/secrets/hash.ts'
import { TOKEN_BYTES } from './limits.ts'
import { alertToken, newToken, readAlertToken, TOKEN } from './token.ts'

const key = new Uint8Array(32).fill(7)
const otherKey = new Uint8Array(32).fill(8)

test('tokens are thirty-two bytes, all different, and known by their hash', async () => {
  const made = await Promise.all(Array.from({ length: 100 }, () => newToken()))
  expect(new Set(made.map(({ token }) => token)).size).toBe(100)
  for (const { token, hash } of made) {
    expect(token).toMatch(TOKEN)
    expect(fromBase64url(token)).toHaveLength(TOKEN_BYTES)
    expect(hash).toBe(await sha256(token))
  }
})

test('the token of an alert says which, to us and to nobody else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uuid(), async (id) => {
      const token = await alertToken(key, id)
      expect(token).toMatch(TOKEN)
      expect(token).toBe(await alertToken(key, id))
      expect(await readAlertToken(key, token)).toBe(id)
      expect(await readAlertToken(otherKey, token)).toBeUndefined()
    }),
    { numRuns: 50 },
  )
})

test('a token with any one character changed opens nothing', async () => {
  const token = await alertToken(key, '0192f0c1-2b3c-7d4e-8f5a-6b7c8d9e0f1a')
  for (let at = 0; at < token.length; at++) {
    const changed = `${token.slice(0, at)}${token[at] === 'A' ? 'B' : 'A'}${token.slice(at + 1)}`
    expect(await readAlertToken(key, changed), `character ${at}`).toBeUndefined()
  }
})

test.each(['', 'short', 'x'.repeat(44), 'é'.repeat(43), '-'.repeat(43)])('%j is no token', async (text) => {
  expect(await readAlertToken(key, text)).toBeUndefined()
})
