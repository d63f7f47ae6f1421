import { Ratelimit } from '@upstash/ratelimit'
import type { Redis } from '@upstash/redis'
import { Problem } from '#packages/errors/problem.ts'
import { type Limit, type LimitClass, limits } from './limits.ts'

const limiters = new WeakMap<Redis, Map<LimitClass, Ratelimit>>()

/** One limiter per Redis and class. Its own timeout is off: the client's is shorter, and theirs lets callers through. */
function limiter(redis: Redis, name: LimitClass): Ratelimit {
  const known = limiters.get(redis) ?? new Map<LimitClass, Ratelimit>()
  limiters.set(redis, known)
  const found = known.get(name)
  if (found) return found
  const { requests, seconds } = limits[name]
  const made = new Ratelimit({
    redis,
    prefix: `limit:${name}`,
    limiter: Ratelimit.slidingWindow(requests, `${seconds} s`),
    timeout: 0,
    analytics: false,
  })
  known.set(name, made)
  return made
}

/**
 * Counts one request of a caller. Throws `rate_limited`, or `dependency_unavailable` where the counter is down and
 * the class fails closed.
 * @param headers of the reply, also of a refusal; gets the `RateLimit` headers (draft-ietf-httpapi-ratelimit-headers)
 */
export async function countRequest(
  redis: Redis,
  name: LimitClass,
  caller: string,
  now: number,
  headers: Headers,
): Promise<void> {
  const limit: Limit = limits[name]
  const count = await limiter(redis, name)
    .limit(caller)
    .catch((cause: unknown) => {
      if (limit.whenDown === 'allow') return undefined
      throw new Problem('dependency_unavailable', {
        detail: 'The request counter does not answer',
        retryAfter: 1,
        cause,
      })
    })
  if (!count) return
  const reset = Math.max(0, Math.ceil((count.reset - now) / 1000))
  headers.set('ratelimit-policy', `"${name}";q=${limit.requests};w=${limit.seconds}`)
  headers.set('ratelimit', `"${name}";r=${count.remaining};t=${reset}`)
  if (!count.success) throw new Problem('rate_limited', { retryAfter: reset })
}
