import { z } from 'zod'
import { nameOf } from '#packages/errors/name-of.ts'
import type { PushOutcome } from './push-port.ts'

/** What firebase-admin rejects with, as far as it matters here. */
const FirebaseError = z.object({
  code: z.string(),
  httpResponse: z
    .object({
      status: z.number(),
      headers: z.record(z.string(), z.unknown()).catch({}),
      data: z.unknown().optional(),
    })
    .optional(),
})

/** An answer of FCM itself, not of what stands before it. */
const FcmAnswer = z.object({
  error: z.object({
    details: z.array(z.looseObject({ '@type': z.string(), errorCode: z.string().optional() })),
  }),
})
const FCM_ERROR = 'type.googleapis.com/google.firebase.fcm.v1.FcmError'

/** Neither today nor tomorrow: FCM would refuse the same message again. Everything that is not here may pass. */
const FINAL = new Set([
  'messaging/invalid-argument',
  'messaging/invalid-recipient',
  'messaging/invalid-payload',
  'messaging/invalid-data-payload-key',
  'messaging/invalid-options',
  'messaging/payload-size-limit-exceeded',
])

/**
 * What an error of firebase-admin means for the push, and for the token it was sent to. firebase-admin says of any 404 that the
 * token is gone and of any 403 that it is another project's, even when it is our project or our rights that are wrong: a token is
 * given up only on FCM's own word.
 * @param now Unix milliseconds
 */
export function readOutcome(error: unknown, now: number): PushOutcome {
  const read = FirebaseError.safeParse(error)
  if (!read.success) return { type: 'later', afterMs: null, reason: nameOf(error) }
  const { code, httpResponse } = read.data
  const word = fcmWord(httpResponse?.data)
  const reason = [code, httpResponse?.status, word].filter((part) => part !== undefined).join(' ')
  if (word === 'UNREGISTERED') return { type: 'gone', ours: true, reason }
  if (word === 'SENDER_ID_MISMATCH') return { type: 'gone', ours: false, reason }
  if (FINAL.has(code)) return { type: 'refused', reason }
  return { type: 'later', afterMs: retryAfter(httpResponse?.headers['retry-after'], now), reason }
}

/** Whether FCM did not take our access token. */
export function isUnauthorized(error: unknown): boolean {
  return FirebaseError.safeParse(error).data?.httpResponse?.status === 401
}

function fcmWord(data: unknown): string | undefined {
  const details = FcmAnswer.safeParse(data).data?.error.details ?? []
  return details.find((detail) => detail['@type'] === FCM_ERROR)?.errorCode
}

/** `Retry-After` (RFC 9110, 10.2.3) in milliseconds: seconds, or a date. */
function retryAfter(header: unknown, now: number): number | null {
  if (typeof header !== 'string' || header.trim() === '') return null
  const seconds = Number(header)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000)
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
