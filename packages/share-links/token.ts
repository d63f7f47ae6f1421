import { base64url, fromBase64url } from '#packages/secrets/encode-bytes.ts'
import { keyedHash, randomToken, sha256 } from '#packages/secrets/hash.ts'
import { timingSafeEqual } from '#packages/secrets/timing-safe-equal.ts'
import { TOKEN_BYTES } from './limits.ts'

type Key = Uint8Array<ArrayBuffer>

/** What a token looks like: 32 bytes as base64url. Another text cannot be one, so nothing is found by it. */
export const TOKEN = /^[\w-]{43}$/

/** The halves of a token of an alert: the alert's id, and the hash that only we can make of it. */
const ID_BYTES = 16

/** A new token of a share link, and the hash by which it is known: the token itself is kept nowhere. */
export async function newToken(): Promise<{ token: string; hash: string }> {
  const token = randomToken(TOKEN_BYTES)
  return { token, hash: await sha256(token) }
}

/** The hash by which a token is known. */
export const hashOfToken = sha256

/**
 * The token of the link to an alert: always the same, so that a message that is sent again has the same link, and
 * known by itself, so that nothing has to be written before help is called.
 * @param alertId a UUID
 */
export async function alertToken(key: Key, alertId: string): Promise<string> {
  const id = Uint8Array.from(alertId.replaceAll('-', '').match(/../g) ?? [], (hex) => Number.parseInt(hex, 16))
  const hash = fromBase64url(await keyedHash(key, alertId))?.slice(0, TOKEN_BYTES - ID_BYTES) ?? []
  return base64url(new Uint8Array([...id, ...hash]))
}

/** The alert that a token belongs to; undefined where it is no token of an alert, or not made by us. */
export async function readAlertToken(key: Key, token: string): Promise<string | undefined> {
  const bytes = TOKEN.test(token) ? fromBase64url(token) : undefined
  if (!bytes) return undefined
  const hex = Array.from(bytes.slice(0, ID_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('')
  const alertId = hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  return (await timingSafeEqual(token, await alertToken(key, alertId))) ? alertId : undefined
}
