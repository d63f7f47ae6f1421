import { base64url } from './encode-bytes.ts'

const encoder = new TextEncoder()

/** SHA-256 of a text, base64url: for secrets that are random already, such as refresh tokens. */
export function sha256(text: string): Promise<string> {
  return sha256Bytes(encoder.encode(text))
}

/** SHA-256 of bytes, base64url. */
export async function sha256Bytes(bytes: Parameters<typeof crypto.subtle.digest>[1]): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
}

/** HMAC-SHA-256 of a text, base64url: for secrets that could be guessed, such as codes and phone numbers. */
export async function keyedHash(key: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', key, algorithm, false, ['sign'])
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text))))
}

/** A random text of `bytes` bytes from the platform's CSPRNG, base64url. */
export function randomToken(bytes: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)))
}
