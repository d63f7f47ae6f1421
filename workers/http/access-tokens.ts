import { errors, importJWK, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { Problem } from '#packages/errors/problem.ts'
import type { Settings } from '../env.ts'

const ALGORITHM = 'ES256'
/** RFC 9068: the header type of an access token, so that no other JWT of ours can pass for one. */
const TOKEN_TYPE = 'at+jwt'

const Claims = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() })

export interface AccessClaims {
  userId: string
  sessionId: string
  /** Unix milliseconds. */
  expiresAt: number
}

export interface AccessTokens {
  /** Signs a token that lives `JWT_EXPIRES_IN` seconds from `now` (Unix milliseconds). */
  sign(userId: string, sessionId: string, now: number): Promise<string>
  /** Throws `token_expired` or `token_invalid`. */
  verify(token: string, now: number): Promise<AccessClaims>
  /** The public keys, for `/.well-known/jwks.json`. */
  publicKeys: { keys: ReturnType<typeof publicPart>[] }
}

/** A key without its private part. */
function publicPart({ kty, crv, x, y, kid }: Settings['JWT_SIGNING_KEYS']['keys'][number]) {
  return { kty, crv, x, y, kid, alg: ALGORITHM, use: 'sig' }
}

/**
 * Access tokens signed with the first key of the list. The others are only verified, so a key is rotated by putting
 * the new one in front and dropping the old one after a token's lifetime.
 */
export async function accessTokens(settings: Settings): Promise<AccessTokens> {
  const { JWT_ISSUER: issuer, JWT_AUDIENCE: audience, JWT_EXPIRES_IN: lifetime } = settings
  const keys = settings.JWT_SIGNING_KEYS.keys
  const [first] = keys
  if (!first) throw new RangeError('JWT_SIGNING_KEYS has no key')
  const signingKey = await importJWK(first, ALGORITHM)
  const publicKeys = keys.map(publicPart)
  const verifiers = new Map(
    await Promise.all(publicKeys.map(async (key) => [key.kid, await importJWK(key, ALGORITHM)] as const)),
  )

  return {
    publicKeys: { keys: publicKeys },
    sign: (userId, sessionId, now) =>
      new SignJWT({ sid: sessionId })
        .setProtectedHeader({ alg: ALGORITHM, typ: TOKEN_TYPE, kid: first.kid })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(Math.floor(now / 1000))
        .setExpirationTime(Math.floor(now / 1000) + lifetime)
        .sign(signingKey),
    verify: async (token, now) => {
      try {
        const findKey = ({ kid = '' }: { kid?: string }) => {
          const key = verifiers.get(kid)
          if (!key) throw new errors.JWKSNoMatchingKey()
          return key
        }
        const options = {
          algorithms: [ALGORITHM],
          typ: TOKEN_TYPE,
          issuer,
          audience,
          currentDate: new Date(now),
        }
        const { payload } = await jwtVerify(token, findKey, options)
        const { sub, sid, exp } = Claims.parse(payload)
        return { userId: sub, sessionId: sid, expiresAt: exp * 1000 }
      } catch (cause) {
        throw new Problem(cause instanceof errors.JWTExpired ? 'token_expired' : 'token_invalid', { cause })
      }
    },
  }
}
