import { exportJWK, generateKeyPair } from 'jose'
import { randomToken } from './hash.ts'

const KEY_ID_BYTES = 6

/** A private P-256 key as JWK, with a random key id: one of JWT_SIGNING_KEYS. */
export async function newSigningKey(): Promise<Record<string, unknown>> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid: randomToken(KEY_ID_BYTES) }
}
