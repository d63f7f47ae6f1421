import { decodeJwt, importSPKI, jwtVerify } from 'jose'
import { z } from 'zod'
import { BoundedMap } from './bounded-map.ts'
import { answerToken } from './fcm-failures.ts'
import { googleError } from './google-error.ts'
import type { Journal } from './journal.ts'
import { readJson } from './read-json.ts'

export interface FcmOptions {
  journal: Journal
  /** Messages to another project are refused. */
  projectId: string
  /** The public half of the service account's key, PEM (SPKI): then signatures are verified, not only claims. */
  publicKey?: string
  /** Unix ms. */
  clock?: () => number
}

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
const TOKEN_HOST = 'oauth2.googleapis.com'
const TOKEN_SECONDS = 3599
const MAX_ASSERTION_SECONDS = 3600
const MAX_ACCESS_TOKENS = 100
const MAX_PAYLOAD_BYTES = 4096

const platform = z.record(z.string(), z.unknown()).optional()
const Send = z.strictObject({
  validate_only: z.boolean().optional(),
  message: z
    .strictObject({
      name: z.string().optional(),
      token: z.string().min(1).optional(),
      topic: z.string().min(1).optional(),
      condition: z.string().min(1).optional(),
      notification: z
        .strictObject({
          title: z.string().optional(),
          body: z.string().optional(),
          image: z.string().optional(),
        })
        .optional(),
      data: z.record(z.string(), z.string()).optional(),
      android: platform,
      apns: platform,
      webpush: platform,
      fcm_options: platform,
      // firebase-admin writes protobuf JSON names.
      fcmOptions: platform,
    })
    .refine(({ token, topic, condition }) => [token, topic, condition].filter(Boolean).length === 1, {
      message: 'Exactly one of token, topic or condition is required',
    }),
})

const Claims = z.object({
  iss: z.string(),
  scope: z.string(),
  aud: z.string(),
  iat: z.number(),
  exp: z.number(),
})

const oauthError = (error: string, error_description: string) =>
  Response.json({ error, error_description }, { status: 400 })

/**
 * oauth2.googleapis.com (`POST /token`, a signed JWT for an access token) and fcm.googleapis.com
 * (`POST /v1/projects/<id>/messages:send`). Pushes go to the journal. Device tokens named `unregistered-…`,
 * `mismatch-…`, `quota-…`, `unavailable-…`, `internal-…` and `invalid-…` answer the error FCM would.
 */
export function createFcm({ journal, projectId, publicKey, clock = Date.now }: FcmOptions) {
  /** Access token → the instant at which it ends, Unix ms. */
  const accessTokens = new BoundedMap<string, number>(MAX_ACCESS_TOKENS)

  async function issueToken(request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text())
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return oauthError('unsupported_grant_type', 'Invalid grant_type')
    }
    const assertion = form.get('assertion') ?? ''
    try {
      if (publicKey !== undefined) {
        const key = await importSPKI(publicKey, 'RS256')
        await jwtVerify(assertion, key, { algorithms: ['RS256'], currentDate: new Date(clock()) })
      }
      const claims = Claims.parse(decodeJwt(assertion))
      const now = clock() / 1000
      if (claims.exp <= now || claims.exp - claims.iat > MAX_ASSERTION_SECONDS)
        throw new Error('outside of its time')
      if (!claims.aud.includes(TOKEN_HOST)) throw new Error('for another audience')
      if (!/firebase\.messaging|cloud-platform/.test(claims.scope)) {
        return oauthError('invalid_scope', `The scope must hold ${SCOPE}`)
      }
    } catch {
      return oauthError('invalid_grant', 'Invalid JWT Signature.')
    }
    const token = `ya29.local-${crypto.randomUUID()}`
    accessTokens.set(token, clock() + TOKEN_SECONDS * 1000)
    return Response.json({ access_token: token, expires_in: TOKEN_SECONDS, token_type: 'Bearer' })
  }

  async function send(request: Request): Promise<Response> {
    const bearer = request.headers.get('authorization')?.replace(/^Bearer /i, '') ?? ''
    if ((accessTokens.get(bearer) ?? 0) <= clock()) {
      return googleError(
        'UNAUTHENTICATED',
        'Request had invalid authentication credentials. Expected OAuth 2 access token.',
      )
    }
    const parsed = Send.safeParse(await readJson(request))
    if (!parsed.success) {
      const fieldViolations = parsed.error.issues.map(({ path, message }) => ({
        field: path.join('.'),
        description: message,
      }))
      return googleError(
        'INVALID_ARGUMENT',
        fieldViolations[0]?.description ?? 'Invalid JSON payload received.',
        [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations }],
      )
    }
    const { message, validate_only: validateOnly } = parsed.data
    const payload = JSON.stringify([message.notification, message.data])
    if (Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES) {
      return googleError('INVALID_ARGUMENT', 'Message is too big')
    }
    const to = message.token ?? message.topic ?? message.condition ?? ''
    const failure = message.token === undefined ? undefined : answerToken(message.token)
    if (failure) return failure
    const name = `projects/${projectId}/messages/${validateOnly ? 'fake_message_id' : `0:${crypto.randomUUID()}`}`
    if (!validateOnly) {
      const summary = message.notification?.title ?? Object.keys(message.data ?? {}).join(', ')
      journal.add('push', summary, { name, ...message }, to)
    }
    return Response.json({ name })
  }

  return {
    async fetch(request: Request): Promise<Response> {
      const { hostname, pathname } = new URL(request.url)
      if (request.method === 'POST' && hostname === TOKEN_HOST && pathname === '/token')
        return issueToken(request)
      const project = /^\/v1\/projects\/([^/]+)\/messages:send$/.exec(pathname)?.[1]
      if (request.method !== 'POST' || project === undefined) return googleError('NOT_FOUND', 'Not found')
      if (project === projectId) return send(request)
      return googleError('PERMISSION_DENIED', `Permission denied on resource project ${project}.`)
    },
  }
}
