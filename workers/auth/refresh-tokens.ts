import { randomToken, sha256 } from '#packages/secrets/hash.ts'

const TOKEN_BYTES = 32

/** A used token may come once more within this time: the reply with its successor may have been lost. */
export const REUSE_GRACE_MS = 10_000

/** A refresh token for the client and the hash of it that is kept. */
export async function newRefreshToken(): Promise<{ token: string; hash: string }> {
  const token = randomToken(TOKEN_BYTES)
  return { token, hash: await sha256(token) }
}
