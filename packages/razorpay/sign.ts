import { timingSafeEqual } from '#packages/secrets/timing-safe-equal.ts'

/**
 * Whether `signature` is the hex HMAC-SHA-256 of these bytes with this secret. Nothing is signed with an empty secret: anybody
 * could.
 */
export async function isSigned(
  bytes: Parameters<typeof crypto.subtle.digest>[1],
  signature: string,
  secret: string,
): Promise<boolean> {
  if (secret === '') return false
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', new TextEncoder().encode(secret), algorithm, false, ['sign'])
  const digest = new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes))
  const expected = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return timingSafeEqual(signature, expected)
}
