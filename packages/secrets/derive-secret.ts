/**
 * A key of its own for each purpose, derived from the application's one secret with HKDF-SHA-256 (RFC 5869), so that
 * learning one says nothing about the others.
 * @param purpose a fixed label such as `otp/1`; changing it rotates only that key
 * @returns 32 bytes
 */
export async function deriveSecret(secret: string, purpose: string): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const material = await crypto.subtle.importKey('raw', encoder.encode(secret), 'HKDF', false, ['deriveBits'])
  const parameters = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: encoder.encode(purpose) }
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, material, 256))
}
