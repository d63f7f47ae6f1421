/** How often something may happen: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  perSecond: number
  burst: number
}

export interface TokenBucket {
  tokens: number
  at: number
}

/** A full bucket. */
export function tokenBucket(rate: Rate, now: number): TokenBucket {
  return { tokens: rate.burst, at: now }
}

/** Takes one token if there is one. A clock that steps back refills nothing. */
export function takeToken(bucket: TokenBucket, rate: Rate, now: number): boolean {
  const elapsed = Math.max(0, now - bucket.at)
  bucket.tokens = Math.min(rate.burst, bucket.tokens + (elapsed / 1000) * rate.perSecond)
  bucket.at = now
  if (bucket.tokens < 1) return false
  bucket.tokens -= 1
  return true
}
