import type { Redis } from '@upstash/redis'
import { z } from 'zod'
import { Problem } from '#packages/errors/problem.ts'
import { networkOf } from '#packages/network/network-of.ts'
import { keyedHash } from '#packages/secrets/hash.ts'
import { OTP_BUDGET_KINDS, type Settings } from '../env.ts'
import { askRedis } from '../http/ask-redis.ts'
import {
  BLOCK_DIGITS,
  OTP_ATTEMPTS,
  OTP_BUDGET_DETAILS,
  OTP_BUDGETS,
  OTP_RESEND_MEMORY_SECONDS,
  OTP_RESEND_SECONDS,
  OTP_SECONDS,
  type OtpBudgetKind,
} from './otp-limits.ts'
import { ISSUE, REDEEM, WITHDRAW } from './otp-scripts.ts'

/** What a code is good for, and nothing else. */
export interface OtpUse {
  purpose: 'sign_in' | 'phone_change' | 'deletion'
  /** Where it is sent, E.164. */
  phone: string
  /** The account it is asked for by; signing in has none. */
  userId?: string
  /** What else the person agrees to with it. */
  detail?: string
}

/** A code as it was typed, and the field it was typed into. */
export interface TypedCode {
  code: string
  field: string
}

/**
 * Codes: kept in Redis as a keyed hash bound to their use, for five minutes and five tries, good once. Each step is one
 * script, so parallel requests cannot gain a try, a use or an SMS.
 */
export interface OtpStore {
  /**
   * Remembers a new code. Throws `otp_resend_too_soon` or `otp_budget_exhausted`, which count nothing. Returns the
   * seconds before another may be asked for.
   * @param address of the network of whoever asks
   */
  issue(use: OtpUse, code: string, address: string): Promise<number>
  /** Forgets a code that never went out and what it was counted as, so that the person may ask again at once. */
  withdraw(use: OtpUse, code: string, address: string): Promise<void>
  /**
   * Uses codes up, all or none; each attempt is a try of each. Throws `otp_invalid`, `otp_expired` or
   * `otp_attempts_exceeded`, with the field.
   */
  redeem(...codes: (OtpUse & TypedCode)[]): Promise<void>
}

const Issued = z.tuple([z.number(), z.number()])
const Redeemed = z.tuple([z.number(), z.number(), z.number()])

/** @param budgets how many codes a window has, where it is not the default */
export function otpStore(
  redis: Redis,
  key: Uint8Array<ArrayBuffer>,
  budgets: Settings['OTP_BUDGETS'],
): OtpStore {
  const slotOf = ({ purpose, phone, userId = '' }: OtpUse) => `${purpose} ${phone} ${userId}`
  const keysOf = async (use: OtpUse) => {
    const name = await keyedHash(key, slotOf(use))
    return [`otp:{${name}}:code`, `otp:{${name}}:sent`]
  }
  const hashOf = (use: OtpUse, code: string) => keyedHash(key, `${slotOf(use)} ${use.detail ?? ''} ${code}`)
  const countersOf = async ({ phone }: OtpUse, address: string) => {
    const counters: Record<OtpBudgetKind, string> = {
      phone: await keyedHash(key, phone),
      address: await keyedHash(key, networkOf(address)),
      block: phone.slice(0, -BLOCK_DIGITS),
      total: 'all',
    }
    return OTP_BUDGET_KINDS.map((kind) => `otp:${kind}:${counters[kind]}`)
  }
  const evaluate = <Answer extends z.ZodType>(
    answer: Answer,
    script: string,
    keys: string[],
    args: (string | number)[],
  ) => askRedis(async () => answer.parse(await redis.eval(script, keys, args.map(String))))

  return {
    async issue(use, code, address) {
      const [keys, counters, hash] = await Promise.all([
        keysOf(use),
        countersOf(use, address),
        hashOf(use, code),
      ])
      const limits = OTP_BUDGET_KINDS.flatMap((kind) => [
        budgets[kind] ?? OTP_BUDGETS[kind].codes,
        OTP_BUDGETS[kind].seconds,
      ])
      const args = [hash, OTP_SECONDS, OTP_RESEND_MEMORY_SECONDS, ...limits, ...OTP_RESEND_SECONDS]
      const [verdict, seconds] = await evaluate(Issued, ISSUE, [...keys, ...counters], args)
      if (verdict < 0) throw new Problem('otp_resend_too_soon', { retryAfter: seconds })
      const kind = OTP_BUDGET_KINDS[verdict - 1]
      if (kind)
        throw new Problem('otp_budget_exhausted', { detail: OTP_BUDGET_DETAILS[kind], retryAfter: seconds })
      return seconds
    },
    async withdraw(use, code, address) {
      const keys = await Promise.all([keysOf(use), countersOf(use, address)])
      await evaluate(z.number(), WITHDRAW, keys.flat(), [await hashOf(use, code)])
    },
    async redeem(...codes) {
      const keys = await Promise.all(codes.map(keysOf))
      const hashes = await Promise.all(codes.map((each) => hashOf(each, each.code)))
      const args = [OTP_ATTEMPTS, ...hashes]
      const [verdict, place, seconds] = await evaluate(Redeemed, REDEEM, keys.flat(), args)
      if (verdict === 1) return
      const errors = codes
        .slice(place - 1, place)
        .map(({ field }) => ({ path: field, message: verdictOf(verdict) }))
      if (verdict === -2) throw new Problem('otp_attempts_exceeded', { retryAfter: seconds, errors })
      throw new Problem(verdict === -1 ? 'otp_expired' : 'otp_invalid', { errors })
    },
  }
}

function verdictOf(verdict: number): string {
  if (verdict === -2) return 'Too many wrong codes'
  return verdict === -1 ? 'No code, or it has expired' : 'Wrong code'
}
