import type { Messaging, TokenMessage } from 'firebase-admin/messaging'
import { accessTokens } from './access-token.ts'
import type { Push, PushOutcome, PushPort } from './push-port.ts'
import { isUnauthorized, readOutcome } from './read-outcome.ts'
import type { ServiceAccount } from './service-account.ts'

/** Shorter than the lease of a delivery: what takes longer counts as not sent, and may arrive twice. */
const TIMEOUT_MS = 10_000

/**
 * Pushes through Firebase Cloud Messaging. firebase-admin is imported when the first push is sent: nothing else pays for it. Each
 * batch has an app of its own, since an app shares its promise of an access token between all who ask, and on Workers a request
 * must not wait for another's.
 */
export function firebasePush(account: ServiceAccount): PushPort {
  const tokens = accessTokens(account)
  return {
    async send(pushes, now) {
      try {
        // All of the batch or nothing: without a token FCM is not asked.
        const token = await tokens.get(now)
        const sent = await sendBatch(account.project_id, async () => token, pushes, now)
        // Google took it back before its time.
        if (sent.some(({ unauthorized }) => unauthorized)) tokens.forget()
        return sent.map(({ outcome }) => outcome)
      } catch (error) {
        return pushes.map(() => readOutcome(error, now))
      }
    },
  }
}

async function sendBatch(
  projectId: string,
  getAccessToken: () => Promise<{ access_token: string; expires_in: number }>,
  pushes: readonly Push[],
  now: number,
): Promise<{ outcome: PushOutcome; unauthorized: boolean }[]> {
  const [{ deleteApp, initializeApp }, { getMessaging }] = await Promise.all([
    import('firebase-admin/app'),
    import('firebase-admin/messaging'),
  ])
  const app = initializeApp({ projectId, credential: { getAccessToken } }, crypto.randomUUID())
  try {
    const messaging = getMessaging(app)
    leaveRetriesToUs(messaging)
    return await Promise.all(
      pushes.map(async (push) => {
        try {
          await withinTime(messaging.send(toMessage(push, now)))
          return { outcome: { type: 'sent' as const }, unauthorized: false }
        } catch (error) {
          return { outcome: readOutcome(error, now), unauthorized: isUnauthorized(error) }
        }
      }),
    )
  } finally {
    await deleteApp(app)
  }
}

/**
 * Android has no collapse key here: FCM keeps messages of four keys for a phone that is away, and drops the others. The tag
 * replaces on the phone what is shown of the thread already.
 */
function toMessage({ token, title, body, data, thread, expiresAt, urgent }: Push, now: number): TokenMessage {
  const ttl = Math.max(0, expiresAt - now)
  return {
    token,
    notification: { title, body },
    data,
    android: { priority: urgent ? 'high' : 'normal', ttl, notification: { tag: thread, sound: 'default' } },
    apns: {
      headers: {
        'apns-collapse-id': thread,
        'apns-expiration': String(Math.floor(expiresAt / 1000)),
        'apns-priority': urgent ? '10' : '5',
      },
      payload: { aps: { threadId: thread, sound: 'default' } },
    },
    webpush: {
      headers: { TTL: String(Math.floor(ttl / 1000)), Urgency: urgent ? 'high' : 'normal' },
      notification: { tag: thread },
    },
  }
}

/**
 * firebase-admin asks again up to four times by itself, waiting for up to a minute each time, while a Worker pays for it. When a
 * push is tried again is written in the database here. A version that keeps its plan elsewhere goes on asking, within TIMEOUT_MS.
 */
function leaveRetriesToUs(messaging: Messaging): void {
  const client = fieldOf(fieldOf(messaging, 'messagingRequestHandler'), 'httpClient')
  const retry = fieldOf(client, 'retry')
  if (typeof retry === 'object' && retry !== null) Reflect.set(retry, 'maxRetries', 0)
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(
    () => late.reject(new DOMException('FCM does not answer', 'TimeoutError')),
    TIMEOUT_MS,
  )
  try {
    return await Promise.race([work, late.promise])
  } finally {
    clearTimeout(timer)
  }
}
