import { expect, test } from 'vitest'
import { deriveSecret } from './derive-secret.ts'
import { base64url, fromBase64url } from './encode-bytes.ts'
import { keyedHash, randomToken, sha256 } from './hash.ts'

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('each purpose and each secret has a key of its own', async () => {
  const keys = await Promise.all([
    deriveSecret('a', 'otp/1'),
    deriveSecret('a', 'quote/1'),
    deriveSecret('b', 'otp/1'),
  ])
  expect(new Set(keys.map(hex)).size).toBe(3)
  expect(hex(await deriveSecret('a', 'otp/1'))).toBe(hex(keys[0] ?? new Uint8Array()))
})

test('the digests are the standard ones', async () => {
  expect(await sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
  // RFC 4231, test case 2
  const mac = fromBase64url(await keyedHash(new TextEncoder().encode('Jefe'), 'what do ya want for nothing?'))
  expect(hex(mac ?? new Uint8Array())).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843')
})

test('base64url comes back, and what is not base64url does not', () => {
  const bytes = new Uint8Array([251, 255, 190, 0])
  expect(fromBase64url(base64url(bytes))).toEqual(bytes)
  expect(fromBase64url('a+b/')).toBeUndefined()
  expect(fromBase64url('a')).toBeUndefined()
})

test('random tokens have the length asked for and differ', () => {
  expect(randomToken(32)).toHaveLength(43)
  expect(randomToken(32)).not.toBe(randomToken(32))
})
