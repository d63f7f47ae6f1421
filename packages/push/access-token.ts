import { importPKCS8, SignJWT } from 'jose'
import { z } from 'zod'
import type { ServiceAccount } from './service-account.ts'

const TOKEN_URL = 'https://oauth2.googleapis.com/token'
const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
const ASSERTION_SECONDS = 3600
const TIMEOUT_MS = 5000
/** firebase-admin renews a token five minutes before its end, so one is not handed out that late. */
const RENEW_BEFORE_MS = 6 * 60_000

const Reply = z.object({ access_token: z.string(), expires_in: z.number() })
type AccessToken = z.infer<typeof Reply>

/**
 * Where access tokens of a service account come from: RFC 7523, a signed assertion for a token. Only the token is kept, never the
 * promise of one: on Workers a request must not wait for what another one has begun.
 */
export function accessTokens(account: ServiceAccount) {
  let kept: { token: string; endsAt: number } | undefined
  return {
    /** A token that is good for some minutes at least. @param now Unix milliseconds */
    async get(now: number): Promise<AccessToken> {
      if (kept && kept.endsAt - now > RENEW_BEFORE_MS)
        return { access_token: kept.token, expires_in: Math.floor((kept.endsAt - now) / 1000) }
      const reply = await askForToken(account, now)
      kept = { token: reply.access_token, endsAt: now + reply.expires_in * 1000 }
      return reply
    },
    /** Has the next one be a new one. */
    forget(): void {
      kept = undefined
    },
  }
}

async function askForToken(account: ServiceAccount, now: number): Promise<AccessToken> {
  const issuedAt = Math.floor(now / 1000)
  const assertion = await new SignJWT({ scope: SCOPE })
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT' })
    .setIssuer(account.client_email)
    .setAudience(TOKEN_URL)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ASSERTION_SECONDS)
    .sign(await importPKCS8(account.private_key, 'RS256'))
  const response = await fetch(TOKEN_URL, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`Google gives no access token: ${response.status}`)
  return Reply.parse(await response.json())
}
