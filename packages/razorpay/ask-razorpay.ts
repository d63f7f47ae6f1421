import { z } from 'zod'
import { GatewayError } from '#packages/payments/payment-port.ts'

/** The only address that is ever told the secret. */
const API = 'https://api.razorpay.com/v1/'
const READ_WITHIN_MS = 3_000
/** Of a bank's answer, at worst. A call that creates something is better waited for than asked after. */
const CREATE_WITHIN_MS = 8_000
const MAX_REASON = 200

/** Statuses with which nothing was done, and may be later: keys that are being changed, the same call under way, too many. */
const LATER: ReadonlySet<number> = new Set([401, 403, 409, 429])
/** In words only, since Razorpay has no code for it: it is asked again when money has come in. */
const NO_MONEY = /enough balance|insufficient balance/i

export interface Keys {
  keyId: string
  keySecret: string
}

export interface Call<T> {
  method: 'GET' | 'POST'
  /** Segments of the path below `/v1`, each one encoded. */
  path: string[]
  query?: Record<string, string>
  body?: object
  /** The gateway does a call with this header once, however often it comes. */
  idempotency?: { header: `X-${'Refund' | 'Payout'}-Idempotency`; key: string }
  reply: z.ZodType<T>
}

const Refusal = z.object({ error: z.object({ description: z.string().max(2_000) }) })

/** Asks Razorpay, and rejects with a GatewayError where its answer is not the reply that the call wants. */
export async function askRazorpay<T>(keys: Keys, call: Call<T>): Promise<T> {
  const answer = await send(keys, call)
  if (answer.ok) return answer.value
  const bearsRepetition = call.method === 'GET' || call.idempotency !== undefined
  if (!answer.again || !bearsRepetition) throw answer.error
  const second = await send(keys, call)
  if (second.ok) return second.value
  // Whatever the second one is told, the first one may have been done.
  throw answer.error
}

/** `again`: another try at once may do better, since most failures are of one connection. */
type Answer<T> = { ok: true; value: T } | { ok: false; error: GatewayError; again: boolean }

async function send<T>({ keyId, keySecret }: Keys, call: Call<T>): Promise<Answer<T>> {
  const { method, body, idempotency, reply } = call
  // A call that only reads has done nothing, whatever became of it.
  const lost = method === 'GET' ? 'busy' : 'unanswered'
  const failed = (failure: GatewayError['failure'], message: string, again: boolean, cause?: unknown) =>
    ({ ok: false, again, error: new GatewayError(failure, message, { cause }) }) as const
  let response: Response
  let text: string
  try {
    response = await fetch(addressOf(call), {
      method,
      headers: {
        authorization: `Basic ${btoa(`${keyId}:${keySecret}`)}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(idempotency && { [idempotency.header]: idempotency.key }),
      },
      ...(body && { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(method === 'GET' ? READ_WITHIN_MS : CREATE_WITHIN_MS),
    })
    text = await response.text()
  } catch (cause) {
    const late = cause instanceof Error && cause.name === 'TimeoutError'
    return failed('unanswered', late ? 'Razorpay did not answer in time' : 'No connection', !late, cause)
  }
  const { status } = response
  const content = parseJson(text)
  if (response.ok) {
    const read = reply.safeParse(content)
    return read.success
      ? { ok: true, value: read.data }
      : failed('unanswered', 'Razorpay answered something else', false, read.error)
  }
  const reason = Refusal.safeParse(content).data?.error.description.slice(0, MAX_REASON) ?? 'no reason given'
  if (status >= 500) return failed(lost, `Razorpay failed: ${status}`, true)
  if (status === 408) return failed(lost, 'Razorpay waited too long', true)
  if (LATER.has(status) || NO_MONEY.test(reason))
    return failed('busy', `Razorpay does not do it now: ${status} ${reason}`, false)
  // Nobody of Razorpay's redirects: whoever did, the secret is not carried there.
  if (status < 400) return failed('unanswered', `Razorpay redirects: ${status}`, false)
  return failed('refused', reason, false)
}

function addressOf({ path, query = {} }: Pick<Call<unknown>, 'path' | 'query'>): URL {
  const url = new URL(path.map((segment) => encodeURIComponent(segment)).join('/'), API)
  url.search = new URLSearchParams(query).toString()
  return url
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
