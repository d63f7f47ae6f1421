import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { readJournal } from './client/inbox.ts'
import { newAddress, newPhone, readCode, SignedIn, signIn } from './client/people.ts'

const OTP_TRIES = 5
const RESEND_SECONDS = 30
/** A used refresh token is taken once more within ten seconds. */
const AFTER_GRACE_MS = 10_500

const askFor = (phone: string) =>
  call('POST', '/api/v1/auth/send-otp', { body: { phone }, headers: newAddress() })
const verify = (phone: string, otp: string) =>
  call('POST', '/api/v1/auth/verify-otp', { body: { phone, otp }, headers: newAddress() })
const refresh = (refreshToken: string) =>
  call('POST', '/api/v1/auth/refresh-token', { body: { refreshToken }, headers: newAddress() })
const profile = (token: string) => call('GET', '/api/v1/auth/profile', { token })
/** Another code of six digits. */
const wrong = (otp: string) => String((Number(otp) + 1) % 1_000_000).padStart(6, '0')

async function newCodeFor(phone: string): Promise<string> {
  expect((await askFor(phone)).status).toBe(200)
  return readCode(phone)
}

test('a phone signs in with the code it was sent, and the code is good once', async () => {
  const phone = newPhone()
  expect(await askFor(phone)).toMatchObject({
    status: 200,
    body: { expiresIn: 300, resendAfter: RESEND_SECONDS },
  })
  const otp = await readCode(phone)
  expect(await verify(phone, otp)).toMatchObject({
    status: 200,
    body: { tokenType: 'Bearer', expiresIn: 900, user: { phone, roles: ['passenger'] } },
  })
  expect(await verify(phone, otp)).toMatchObject(refusal(422, 'otp_expired'))
})

test('a code nobody asked for is refused', async () => {
  expect(await verify(newPhone(), '123456')).toMatchObject(refusal(422, 'otp_expired'))
})

test('a code is bound to its phone', async () => {
  const [mine, theirs] = [newPhone(), newPhone()]
  const otp = await newCodeFor(mine)
  const other = await newCodeFor(theirs)
  if (otp !== other) expect(await verify(theirs, otp)).toMatchObject(refusal(422, 'otp_invalid'))
  expect((await verify(mine, otp)).status).toBe(200)
})

test('four wrong tries still leave one, and after the fifth even the right code is refused', async () => {
  const [patient, guessed] = [newPhone(), newPhone()]
  for (const [phone, tries] of [
    [patient, OTP_TRIES - 1],
    [guessed, OTP_TRIES],
  ] as const) {
    const otp = await newCodeFor(phone)
    for (let n = 0; n < tries; n++)
      expect(await verify(phone, wrong(otp))).toMatchObject(refusal(422, 'otp_invalid'))
  }
  expect((await verify(patient, await readCode(patient))).status).toBe(200)
  expect(await verify(guessed, await readCode(guessed))).toMatchObject(refusal(429, 'otp_attempts_exceeded'))
})

test('parallel guesses gain no try: of fifty, five are looked at, and then the right code is refused too', async () => {
  const phone = newPhone()
  const otp = await newCodeFor(phone)
  const replies = await Promise.all(Array.from({ length: 50 }, () => verify(phone, wrong(otp))))
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(OTP_TRIES)
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(50 - OTP_TRIES)
  expect(await verify(phone, otp)).toMatchObject(refusal(429, 'otp_attempts_exceeded'))
})

test('of parallel sign-ins with one code exactly one succeeds', async () => {
  const phone = newPhone()
  const otp = await newCodeFor(phone)
  const replies = await Promise.all(Array.from({ length: 5 }, () => verify(phone, otp)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(4)
})

test('a second code is sent only after a while, and at once after signing in', async () => {
  const phone = newPhone()
  const otp = await newCodeFor(phone)
  const early = await askFor(phone)
  expect(early).toMatchObject(refusal(429, 'otp_resend_too_soon'))
  const wait = Number(early.headers.get('retry-after'))
  expect(wait).toBeGreaterThan(RESEND_SECONDS - 5)
  expect(wait).toBeLessThanOrEqual(RESEND_SECONDS)
  expect((await verify(phone, otp)).status).toBe(200)
  expect((await askFor(phone)).status).toBe(200)
})

/** The template of the last SMS to a phone, which tells its language. */
async function templateOf(phone: string): Promise<unknown> {
  const [sms] = await readJournal('sms', phone)
  return sms?.data['templateId']
}

test('an SMS is in the language that is asked for, else of the account, else of the device, else English', async () => {
  const send = (phone: string, more: object = {}, acceptLanguage?: string) =>
    call('POST', '/api/v1/auth/send-otp', {
      body: { phone, ...more },
      headers: { ...newAddress(), ...(acceptLanguage !== undefined && { 'accept-language': acceptLanguage }) },
    })
  const known = newPhone()
  const { token } = await signIn(known)
  expect(await templateOf(known)).toBe('local-otp')
  await call('PUT', '/api/v1/auth/profile', { token, body: { language: 'kn' } })
  const replies = [await send(known, {}, 'hi-IN,hi')]
  expect(await templateOf(known)).toBe('local-otp-kn')
  const unknown = newPhone()
  replies.push(await send(unknown, {}, 'hi-IN,hi;q=0.9,en;q=0.8'))
  expect(await templateOf(unknown)).toBe('local-otp-hi')
  const asked = newPhone()
  replies.push(await send(asked, { language: 'kn' }, 'hi'))
  expect(await templateOf(asked)).toBe('local-otp-kn')
  const without = newPhone()
  replies.push(await send(without, { language: 'ta' }))
  expect(await templateOf(without)).toBe('local-otp')
  // Nothing in a reply tells the phone of an account from another.
  const told = replies.map(({ status, body }) => ({ status, body }))
  expect(told).toEqual(told.map(() => ({ status: 200, body: { expiresIn: 300, resendAfter: RESEND_SECONDS } })))
  expect(await send(newPhone(), { language: 'fr' })).toMatchObject(fieldRefusal('language'))
})

test.each([
  ['with spaces', (local: string) => `${local.slice(0, 5)} ${local.slice(5)}`],
  ['with the trunk prefix', (local: string) => `0${local}`],
  ['with the country and dashes', (local: string) => ` +91-${local.slice(0, 5)}-${local.slice(5)} `],
])('a phone %s is the same account', async (_, write) => {
  const phone = newPhone()
  const { id } = await signIn(phone)
  const written = write(phone.slice(3))
  expect((await askFor(written)).status).toBe(200)
  expect(await verify(written, await readCode(phone))).toMatchObject({
    status: 200,
    body: { user: { id, phone } },
  })
})

test.each([
  ['of another country', '+1 202 555 0143'],
  ['of a landline', '+91 80 2222 3333'],
  ['that is too short', '98765'],
  ['that is no number', 'ring me'],
])('a phone %s is refused, and the field is named', async (_, phone) => {
  expect(await askFor(phone)).toMatchObject(fieldRefusal('phone', 'phone_not_supported'))
  expect(await verify(phone, '123456')).toMatchObject(fieldRefusal('phone', 'phone_not_supported'))
})

test.each(['12345', '1234567', '12345a', '١٢٣٤٥٦', ''])('%j is no code', async (otp) => {
  expect(await verify(newPhone(), otp)).toMatchObject(fieldRefusal('otp'))
})

test('an access token opens the profile until its session is signed out; others stay', async () => {
  const { token, refreshToken, phone } = await signIn()
  const other = await signIn(phone)
  expect((await profile(token)).status).toBe(200)
  expect((await call('POST', '/api/v1/auth/logout', { token })).status).toBe(204)
  expect(await profile(token)).toMatchObject(refusal(401, 'session_revoked'))
  expect(await refresh(refreshToken)).toMatchObject(refusal(401, 'refresh_invalid'))
  expect((await profile(other.token)).status).toBe(200)
  expect((await refresh(other.refreshToken)).status).toBe(200)
})

test('a refresh token that nobody gave out is refused', async () => {
  expect(await refresh('A'.repeat(43))).toMatchObject(refusal(401, 'refresh_invalid'))
})

test('a refresh token is exchanged for others; used again late, it signs its session out', async () => {
  const { id, phone, refreshToken } = await signIn()
  const elsewhere = await signIn(phone)
  const second = expectBody(await refresh(refreshToken), 200, SignedIn)
  expect(second.user.id).toBe(id)
  expect(second.refreshToken).not.toBe(refreshToken)
  // The reply may have been lost: at once the old one still works, without ending the session.
  const third = expectBody(await refresh(refreshToken), 200, SignedIn)
  expect((await profile(second.accessToken)).status).toBe(200)
  expect((await profile(third.accessToken)).status).toBe(200)

  await sleep(AFTER_GRACE_MS)
  expect(await refresh(refreshToken)).toMatchObject(refusal(401, 'refresh_reused'))
  expect(await profile(third.accessToken)).toMatchObject(refusal(401, 'session_revoked'))
  expect(await refresh(third.refreshToken)).toMatchObject(refusal(401, 'refresh_invalid'))
  expect((await profile(elsewhere.token)).status).toBe(200)
}, 30_000)
