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
 * @returns the `RateLimit` headers of the reply (draft-ietf-httpapi-ratelimit-headers)
 */
export async function countRequest(
  redis: Redis,
  name: LimitClass,
  caller: string,
  now: number,
): Promise<Headers> {
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
  if (!count) return new Headers()
  const reset = Math.max(0, Math.ceil((count.reset - now) / 1000))
  if (!count.success) throw new Problem('rate_limited', { retryAfter: reset })
  return new Headers({
    'ratelimit-policy': `"${name}";q=${limit.requests};w=${limit.seconds}`,
    ratelimit: `"${name}";r=${count.remaining};t=${reset}`,
  })
}
