import type { Redis } from '@upstash/redis'
import { Problem } from '#packages/errors/problem.ts'
import { keyedHash } from '#packages/secrets/hash.ts'
import { askRedis } from '../http/ask-redis.ts'

export const OTP_DIGITS = 6
export const OTP_SECONDS = 300
export const OTP_ATTEMPTS = 5
/** Waiting time before the next code, by how many were sent within the last hour. */
export const OTP_RESEND_SECONDS = [30, 60, 120, 300, 900] as const
const RESEND_MEMORY_SECONDS = 3600

/** A code from the platform's CSPRNG, each equally likely: draws that would favour small codes are drawn again. */
export function newCode(): string {
  const range = 10 ** OTP_DIGITS
  const fair = Math.floor(2 ** 32 / range) * range
  const [draw = fair] = crypto.getRandomValues(new Uint32Array(1))
  return draw < fair ? String(draw % range).padStart(OTP_DIGITS, '0') : newCode()
}

/**
 * Stores a code unless the last one is too young. KEYS: code, resend · ARGV: hash, code seconds, memory seconds,
 * waits… · returns the seconds to wait before the next one, negative when this one came too soon.
 */
const ISSUE = `
local wait = redis.call('PTTL', KEYS[2] .. ':wait')
if wait > 0 then return -math.ceil(wait / 1000) end
local sent = redis.call('INCR', KEYS[2])
if sent == 1 then redis.call('EXPIRE', KEYS[2], ARGV[3]) end
local pause = tonumber(ARGV[math.min(3 + sent, #ARGV)])
redis.call('SET', KEYS[2] .. ':wait', '1', 'EX', pause)
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'hash', ARGV[1], 'tries', '0')
redis.call('EXPIRE', KEYS[1], ARGV[2])
return pause`

/**
 * Compares once. KEYS: code, resend · ARGV: hash, tries allowed · returns 1 right (and gone), 0 wrong, -1 none, and for
 * too many tries -2 less the seconds until another code may be asked for.
 */
const REDEEM = `
local hash = redis.call('HGET', KEYS[1], 'hash')
if not hash then return -1 end
local tries = redis.call('HINCRBY', KEYS[1], 'tries', 1)
if tries > tonumber(ARGV[2]) then
  return -2 - math.max(0, math.ceil(redis.call('PTTL', KEYS[2] .. ':wait') / 1000))
end
if hash ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('DEL', KEYS[2])
redis.call('DEL', KEYS[2] .. ':wait')
return 1`

/**
 * Sign-in codes: kept in Redis as a keyed hash bound to the phone, for five minutes and five tries, good once. Each
 * step is one script, so parallel requests cannot gain a try or use a code twice.
 */
export interface OtpStore {
  /** Remembers a new code; throws `otp_resend_too_soon`. Returns the seconds before another may be asked for. */
  issue(phone: string, code: string): Promise<number>
  /** Forgets a code that never went out, so that the person may ask again at once. */
  withdraw(phone: string): Promise<void>
  /** Uses the code up; throws `otp_invalid`, `otp_expired` or `otp_attempts_exceeded`. */
  redeem(phone: string, code: string): Promise<void>
}

export function otpStore(redis: Redis, key: Uint8Array<ArrayBuffer>): OtpStore {
  const keysOf = async (phone: string) => {
    const name = await keyedHash(key, phone)
    return [`otp:{${name}}:code`, `otp:{${name}}:sent`] as const
  }
  const evaluate = (script: string, keys: readonly string[], args: (string | number)[]) =>
    askRedis(async () => Number(await redis.eval(script, [...keys], args.map(String))))

  return {
    async issue(phone, code) {
      const hash = await keyedHash(key, `${phone} ${code}`)
      const args = [hash, OTP_SECONDS, RESEND_MEMORY_SECONDS, ...OTP_RESEND_SECONDS]
      const wait = await evaluate(ISSUE, await keysOf(phone), args)
      if (wait < 0) throw new Problem('otp_resend_too_soon', { retryAfter: -wait })
      return wait
    },
    async withdraw(phone) {
      const [code, sent] = await keysOf(phone)
      await askRedis(() => redis.del(code, `${sent}:wait`))
    },
    async redeem(phone, code) {
      const hash = await keyedHash(key, `${phone} ${code}`)
      const verdict = await evaluate(REDEEM, await keysOf(phone), [hash, OTP_ATTEMPTS])
      if (verdict === 1) return
      if (verdict <= -2) throw new Problem('otp_attempts_exceeded', { retryAfter: -2 - verdict })
      throw new Problem(verdict === -1 ? 'otp_expired' : 'otp_invalid')
    },
  }
}
