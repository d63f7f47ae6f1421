import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type HttpServer, serveHttp } from '#packages/local-cloud/inbox/serve-http.ts'
import { type LocalRedis, startRedis } from '#packages/local-cloud/redis/start-redis.ts'
import { newCode } from './new-code.ts'
import { type OtpStore, type OtpUse, otpStore } from './otp.ts'
import { OTP_ATTEMPTS, OTP_BUDGETS, OTP_RESEND_SECONDS, OTP_SECONDS } from './otp-limits.ts'

const TOKEN = 'local-token'
const key = new Uint8Array(32).fill(7)
const HOUR_MS = 3600_000
let now = Date.UTC(2026, 10, 22)
let local: LocalRedis
let server: HttpServer
let redis: Redis
let store: OtpStore

beforeAll(async () => {
  local = await startRedis({ token: TOKEN, clock: () => now })
  server = await serveHttp(local.fetch)
  redis = new Redis({ url: server.url, token: TOKEN, retry: false })
  store = otpStore(redis, key, {})
})
beforeEach(async () => {
  await redis.flushdb()
})
afterAll(async () => {
  await server.close()
  await local.close()
})

let nextNumber = 0
/** Numbers of blocks of their own. */
const newPhone = () => `+919${String(nextNumber++).padStart(4, '0')}12345`
const signIn = (phone: string): OtpUse => ({ purpose: 'sign_in', phone })
const typed = (use: OtpUse, code: string, field = 'otp') => ({ ...use, code, field })
const address = (n: number) => `2001:db8:0:${n.toString(16)}::1`

/** What each of many sends ends with: how many went out, and the refusal after them. */
async function sendUntilRefused(send: (n: number) => Promise<number>, most: number) {
  for (let n = 0; n <= most; n++) {
    const refused = await send(n).then(
      () => undefined,
      (error: unknown) => error,
    )
    if (refused !== undefined) return { sent: n, refused }
  }
  throw new Error(`${most} were sent, and nothing was refused`)
}

test('codes have six digits, and not always the same', () => {
  const codes = Array.from({ length: 200 }, newCode)
  for (const code of codes) expect(code).toMatch(/^\d{6}$/)
  expect(new Set(codes).size).toBeGreaterThan(150)
})

test('each wait is longer than the one before, until an hour has passed', async () => {
  const phone = newPhone()
  const waits: number[] = []
  for (const _ of [...OTP_RESEND_SECONDS, 0]) {
    const wait = await store.issue(signIn(phone), '111111', address(0))
    waits.push(wait)
    await expect(store.issue(signIn(phone), '222222', address(0))).rejects.toMatchObject({
      code: 'otp_resend_too_soon',
      retryAfter: wait,
    })
    now += wait * 1000
  }
  expect(waits).toEqual([...OTP_RESEND_SECONDS, OTP_RESEND_SECONDS.at(-1)])
  now += HOUR_MS
  expect(await store.issue(signIn(phone), '111111', address(0))).toBe(OTP_RESEND_SECONDS[0])
})

test('a phone has a budget that signing in does not give back, and another phone has its own', async () => {
  const phone = newPhone()
  const { sent, refused } = await sendUntilRefused(async (n) => {
    const wait = await store.issue(signIn(phone), '111111', address(n))
    await store.redeem(typed(signIn(phone), '111111'))
    return wait
  }, 50)
  expect(sent).toBe(OTP_BUDGETS.phone.codes)
  expect(refused).toMatchObject({ code: 'otp_budget_exhausted', status: 429, retryAfter: 12 * 3600 })
  await expect(store.issue(signIn(newPhone()), '111111', address(0))).resolves.toBeGreaterThan(0)
  // For any other purpose it is the same phone.
  await expect(
    store.issue({ purpose: 'deletion', phone, userId: 'u' }, '111111', address(0)),
  ).rejects.toMatchObject({ code: 'otp_budget_exhausted' })
  now += 12 * HOUR_MS
  await expect(store.issue(signIn(phone), '111111', address(0))).resolves.toBeGreaterThan(0)
})

test('an IPv6 network has a budget, however many addresses it uses', async () => {
  const { sent, refused } = await sendUntilRefused(
    (n) => store.issue(signIn(newPhone()), '111111', `2001:db8:1:2::${(n + 1).toString(16)}`),
    150,
  )
  expect(sent).toBe(OTP_BUDGETS.address.codes)
  expect(refused).toMatchObject({ code: 'otp_budget_exhausted', retryAfter: 3600 })
  await expect(store.issue(signIn(newPhone()), '111111', '2001:db8:1:3::1')).resolves.toBeGreaterThan(0)
})

test('a block of numbers has a budget, from wherever it is asked for', async () => {
  const number = (n: number) => `+9198111${String(n).padStart(5, '0')}`
  const { sent, refused } = await sendUntilRefused(
    (n) => store.issue(signIn(number(n)), '111111', address(n)),
    300,
  )
  expect(sent).toBe(OTP_BUDGETS.block.codes)
  expect(refused).toMatchObject({ code: 'otp_budget_exhausted' })
  expect(refused).toHaveProperty('detail', expect.not.stringMatching(/\d/))
  await expect(store.issue(signIn('+919811200000'), '111111', address(0))).resolves.toBeGreaterThan(0)
})

test('all together have a budget, which a variable may change', async () => {
  const small = otpStore(redis, key, { total: 3 })
  const { sent } = await sendUntilRefused((n) => small.issue(signIn(newPhone()), '111111', address(n)), 10)
  expect(sent).toBe(3)
  await expect(store.issue(signIn(newPhone()), '111111', address(9))).resolves.toBeGreaterThan(0)
})

test('parallel sends do not get past a budget', async () => {
  const small = otpStore(redis, key, { block: 5 })
  const sends = Array.from({ length: 40 }, (_, n) =>
    small.issue(signIn(`+91970000${String(n).padStart(4, '0')}`), '111111', address(n)),
  )
  const results = await Promise.allSettled(sends)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
})

/** Every counter of a budget. */
async function counted(): Promise<unknown[]> {
  const names = (await redis.keys('otp:*')).filter((name) => !name.includes('{')).toSorted()
  return Promise.all(names.map((name) => redis.get(name)))
}

test('a refused send counts nothing', async () => {
  const [first, second] = [newPhone(), newPhone()]
  const small = otpStore(redis, key, { address: 1 })
  await small.issue(signIn(first), '111111', address(1))
  const before = await counted()
  expect(before).toEqual([1, 1, 1, 1])
  await expect(small.issue(signIn(first), '222222', address(2))).rejects.toMatchObject({
    code: 'otp_resend_too_soon',
  })
  await expect(small.issue(signIn(second), '222222', address(1))).rejects.toMatchObject({
    code: 'otp_budget_exhausted',
  })
  expect(await counted()).toEqual(before)
  // And the code that is there stays good.
  await store.redeem(typed(signIn(first), '111111'))
})

test('a code that was not sent gives everything back, once, and leaves a newer one alone', async () => {
  const use = signIn(newPhone())
  expect(await store.issue(use, '111111', address(1))).toBe(30)
  await store.withdraw(use, '111111', address(1))
  expect(await counted()).toEqual([0, 0, 0, 0])
  await expect(store.redeem(typed(use, '111111'))).rejects.toMatchObject({ code: 'otp_expired' })
  expect(await store.issue(use, '222222', address(1))).toBe(30)
  await store.withdraw(use, '111111', address(1))
  expect(await counted()).toEqual([1, 1, 1, 1])
  await store.redeem(typed(use, '222222'))
})

test('budgets end with their window even when they are used all the time', async () => {
  const small = otpStore(redis, key, { total: 2 })
  await small.issue(signIn(newPhone()), '111111', address(1))
  now += 0.9 * HOUR_MS
  await small.issue(signIn(newPhone()), '111111', address(2))
  await expect(small.issue(signIn(newPhone()), '111111', address(3))).rejects.toMatchObject({ retryAfter: 360 })
  now += 0.1 * HOUR_MS
  await expect(small.issue(signIn(newPhone()), '111111', address(4))).resolves.toBeGreaterThan(0)
})

test('a code is good for its purpose, account and detail, and for nothing else', async () => {
  const phone = newPhone()
  const use: OtpUse = { purpose: 'phone_change', phone, userId: 'u1', detail: '+919876543210' }
  await store.issue(use, '111111', address(1))
  const redeem = (change: Partial<OtpUse>) => store.redeem(typed({ ...use, ...change }, '111111'))
  await expect(redeem({ purpose: 'sign_in' })).rejects.toMatchObject({ code: 'otp_expired' })
  await expect(redeem({ purpose: 'deletion' })).rejects.toMatchObject({ code: 'otp_expired' })
  await expect(redeem({ userId: 'u2' })).rejects.toMatchObject({ code: 'otp_expired' })
  await expect(redeem({ detail: '+919876543211' })).rejects.toMatchObject({ code: 'otp_invalid' })
  await expect(redeem({})).resolves.toBeUndefined()
  await expect(redeem({})).rejects.toMatchObject({ code: 'otp_expired' })
})

test('a code is over after five minutes', async () => {
  const use = signIn(newPhone())
  await store.issue(use, '111111', address(1))
  now += OTP_SECONDS * 1000
  await expect(store.redeem(typed(use, '111111'))).rejects.toMatchObject({ code: 'otp_expired' })
})

test('of two codes both are used up or none, and each attempt is a try of both', async () => {
  const [one, two] = [signIn(newPhone()), signIn(newPhone())]
  await store.issue(one, '111111', address(1))
  await store.issue(two, '222222', address(1))
  const redeem = (a: string, b: string) => store.redeem(typed(one, a, 'a'), typed(two, b, 'b'))
  await expect(redeem('111111', '333333')).rejects.toMatchObject({
    code: 'otp_invalid',
    errors: [{ path: 'b' }],
  })
  await expect(redeem('333333', '333333')).rejects.toMatchObject({
    code: 'otp_invalid',
    errors: [{ path: 'a' }],
  })
  await redeem('111111', '222222')
  for (const use of [one, two])
    await expect(store.redeem(typed(use, '111111'))).rejects.toMatchObject({ code: 'otp_expired' })
})

test('guessing one of two codes ends after five tries, also when the other is right', async () => {
  const [one, two] = [signIn(newPhone()), signIn(newPhone())]
  const wait = await store.issue(one, '111111', address(1))
  await store.issue(two, '222222', address(1))
  const guess = (code: string) => store.redeem(typed(one, code), typed(two, '222222'))
  for (let n = 0; n < OTP_ATTEMPTS; n++)
    await expect(guess('000000')).rejects.toMatchObject({ code: 'otp_invalid' })
  await expect(guess('111111')).rejects.toMatchObject({ code: 'otp_attempts_exceeded', retryAfter: wait })
})

test('where one of two codes is missing, the other one stays', async () => {
  const [one, two] = [signIn(newPhone()), signIn(newPhone())]
  await store.issue(one, '111111', address(1))
  await expect(store.redeem(typed(one, '111111', 'a'), typed(two, '222222', 'b'))).rejects.toMatchObject({
    code: 'otp_expired',
    errors: [{ path: 'b' }],
  })
  await store.redeem(typed(one, '111111'))
})

test('a Redis that does not answer lets nothing through', async () => {
  const broken = new Redis({ url: server.url, token: 'wrong', retry: false })
  const refusing = otpStore(broken, key, {})
  const use = signIn(newPhone())
  const down = { code: 'dependency_unavailable', status: 503 }
  await expect(refusing.issue(use, '111111', address(1))).rejects.toMatchObject(down)
  await expect(refusing.redeem(typed(use, '111111'))).rejects.toMatchObject(down)
})

test('nothing in Redis tells a phone, an address or a code', async () => {
  await store.issue(signIn('+919812345678'), '135790', '203.0.113.77')
  const names = await redis.keys('*')
  expect(names.join(' ')).not.toMatch(/9812345678|203\.0\.113|135790/)
  const codes = names.filter((name) => name.endsWith(':code'))
  const stored = await Promise.all(codes.map((name) => redis.hgetall(name)))
  expect(JSON.stringify(stored)).not.toMatch(/9812345678|135790/)
})
