import { claimKey, keepReply, releaseKey } from '#db/queries/idempotency/idempotency.ts'
import { Problem } from '#packages/errors/problem.ts'
import { sha256 } from '#packages/secrets/hash.ts'
import type { Actor, Services } from '../context.ts'

/** A request that has not answered within this time is taken for dead, and its key may be used again. */
const LOCK_MS = 60_000
/** How long a reply is kept to be given again. */
const KEEP_MS = 24 * 3600_000
const KEY = /^[\x21-\x7e]{1,200}$/

interface Call {
  services: Services
  actor: Actor
  operationId: string
  request: Request
  /** The body as text; asked for only where there is a key. */
  readBody: () => Promise<string>
  now: number
}

/** The Idempotency-Key of a request, null where it has none. Throws `invalid_header`. */
export function readKey(headers: Headers): string | null {
  const key = headers.get('idempotency-key')
  if (key !== null && !KEY.test(key))
    throw new Problem('invalid_header', { detail: 'Idempotency-Key: 1 to 200 visible ASCII characters' })
  return key
}

/**
 * Runs a request once per Idempotency-Key of a user. The same request again gets the same reply; another request
 * under the key, or one while the first still runs, is a problem. A failure on our side is thrown by `run` and not kept:
 * the key is free again, at once where nothing can have happened, else when its lock has lapsed.
 */
export async function runOnce(call: Call, run: () => Promise<Response>): Promise<Response> {
  const { services, actor, now } = call
  const key = readKey(call.request.headers)
  if (key === null) return run()

  const requestHash = await sha256(
    `${call.operationId} ${new URL(call.request.url).pathname}\n${await call.readBody()}`,
  )
  const request = { userId: actor.userId, key, operation: call.operationId, requestHash }
  const time = { now: new Date(now), lockedUntil: new Date(now + LOCK_MS), expiresAt: new Date(now + KEEP_MS) }
  const record = await claimKey(services.db, request, time)
  // None: another request took the key while this one was asking, so it has only begun.
  if (!record) throw new Problem('idempotency_in_flight', { retryAfter: 1 })
  if (!record.mine) {
    if (record.requestHash !== requestHash) throw new Problem('idempotency_mismatch')
    if (record.status === null) throw new Problem('idempotency_in_flight', { retryAfter: 1 })
    return replay(record.status, record.reply)
  }

  // What is done is done: a record that cannot be written must not turn it into a failure.
  const unwritten = (error: unknown) =>
    services.log.error('idempotency record not written', { operation: call.operationId, error })
  try {
    const reply = await run()
    const text = (await reply.clone().text()) || null
    await keepReply(services.db, actor.userId, key, reply.status, text).catch(unwritten)
    return reply
  } catch (error) {
    // A database that did not answer may still do what it was asked: then the lock has to lapse by itself.
    const uncertain = error instanceof Problem && error.code === 'dependency_unavailable'
    if (!uncertain) await releaseKey(services.db, actor.userId, key).catch(unwritten)
    throw error
  }
}

function replay(status: number, body: string | null): Response {
  const headers = new Headers({ 'idempotency-replayed': 'true' })
  if (body === null) return new Response(null, { status, headers })
  headers.set('content-type', status < 400 ? 'application/json' : 'application/problem+json')
  return new Response(body, { status, headers })
}
