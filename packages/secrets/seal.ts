import { base64url, fromBase64url } from './encode-bytes.ts'

/** What a sealed text begins with; another way of sealing would get another. */
const VERSION = 'a1.'
/** NIST SP 800-38D: 96 random bits, never twice with one key. */
const NONCE_BYTES = 12

type Key = Uint8Array<ArrayBuffer>

const importKey = (key: Key, use: 'encrypt' | 'decrypt') =>
  crypto.subtle.importKey('raw', key, 'AES-GCM', false, [use])

const parameters = (nonce: Uint8Array<ArrayBuffer>, context: string) => ({
  name: 'AES-GCM',
  iv: nonce,
  additionalData: new TextEncoder().encode(context),
})

/**
 * Encrypts a text with AES-256-GCM, differently every time.
 * @param key 32 bytes
 * @param context what the text belongs to, such as an id: it opens only with the same, so that nobody can move it
 */
export async function seal(key: Key, text: string, context: string): Promise<string> {
  const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES))
  const encryption = await importKey(key, 'encrypt')
  const bytes = new TextEncoder().encode(text)
  const secret = await crypto.subtle.encrypt(parameters(nonce, context), encryption, bytes)
  return VERSION + base64url(new Uint8Array([...nonce, ...new Uint8Array(secret)]))
}

/** The text of a seal; undefined where it was changed, moved, or made with another key. */
export async function unseal(key: Key, sealed: string, context: string): Promise<string | undefined> {
  const bytes = sealed.startsWith(VERSION) ? fromBase64url(sealed.slice(VERSION.length)) : undefined
  if (!bytes || bytes.length <= NONCE_BYTES) return undefined
  const decryption = await importKey(key, 'decrypt')
  try {
    const nonce = parameters(bytes.slice(0, NONCE_BYTES), context)
    return new TextDecoder().decode(await crypto.subtle.decrypt(nonce, decryption, bytes.slice(NONCE_BYTES)))
  } catch {
    return undefined
  }
}
