import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { newAddress, newPhone, type Person, readCode, signIn } from './client/people.ts'

const OTP_TRIES = 5

const post = (path: string, token: string, body: object, headers: Record<string, string> = {}) =>
  call('POST', `/api/v1/auth/${path}`, { token, headers, body })
const profile = (token: string) => call('GET', '/api/v1/auth/profile', { token })
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const invalid = refusal(422, 'otp_invalid')
const expired = refusal(422, 'otp_expired')

const askChange = ({ token }: Person, phone: string) => post('phone-change', token, { phone })
const confirmChange = ({ token }: Person, phone: string, currentCode: string, newCode: string) =>
  post('phone-change/confirm', token, { phone, currentCode, newCode })

/** Asks for a change and reads both codes. */
async function codesFor(person: Person, phone: string): Promise<[current: string, next: string]> {
  expect((await askChange(person, phone)).status).toBe(200)
  return [await readCode(person.phone), await readCode(phone)]
}

test('a phone is changed with the codes of both, and signs in to the same account', async () => {
  const person = await signIn()
  const next = newPhone()
  expect(await askChange(person, next)).toMatchObject({
    status: 200,
    body: { expiresIn: 300, resendAfter: 30 },
  })
  const codes = [await readCode(person.phone), await readCode(next)] as const
  expect(await confirmChange(person, next, ...codes)).toMatchObject({
    status: 200,
    body: { id: person.id, phone: next },
  })
  expect(await profile(person.token)).toMatchObject({ body: { phone: next } })
  expect((await signIn(next)).id).toBe(person.id)
  expect((await signIn(person.phone)).id).not.toBe(person.id)
})

test('a repeated confirmation with its key gets the same profile', async () => {
  const person = await signIn()
  const next = newPhone()
  const [currentCode, newCode] = await codesFor(person, next)
  const key = { 'idempotency-key': crypto.randomUUID() }
  for (let n = 0; n < 2; n++)
    expect(
      await post('phone-change/confirm', person.token, { phone: next, currentCode, newCode }, key),
    ).toMatchObject({ status: 200, body: { phone: next } })
})

test('one wrong code of the two uses neither up, and says which it was', async () => {
  const person = await signIn()
  const next = newPhone()
  const [current, code] = await codesFor(person, next)
  expect(await confirmChange(person, next, wrong(current), code)).toMatchObject(
    fieldRefusal('currentCode', 'otp_invalid'),
  )
  expect(await confirmChange(person, next, current, wrong(code))).toMatchObject(
    fieldRefusal('newCode', 'otp_invalid'),
  )
  expect((await confirmChange(person, next, current, code)).status).toBe(200)
})

test('fifty parallel guesses of one of the two codes gain no try', async () => {
  const person = await signIn()
  const next = newPhone()
  const [current, code] = await codesFor(person, next)
  const guesses = Array.from({ length: 50 }, () => confirmChange(person, next, wrong(current), code))
  const replies = await Promise.all(guesses)
  expect(replies.filter(({ status }) => status === 422)).toHaveLength(OTP_TRIES)
  expect(replies.filter(({ status }) => status === 429)).toHaveLength(50 - OTP_TRIES)
  expect(await confirmChange(person, next, current, code)).toMatchObject(refusal(429, 'otp_attempts_exceeded'))
  expect(await profile(person.token)).toMatchObject({ body: { phone: person.phone } })
})

test('a code is good for one purpose, one person and one new phone', async () => {
  const [person, thief] = [await signIn(), await signIn()]
  const [next, other] = [newPhone(), newPhone()]
  const [current, code] = await codesFor(person, next)
  // Codes of a change do not sign in, ...
  for (const [phone, otp] of [
    [person.phone, current],
    [next, code],
  ] as const) {
    const body = { phone, otp }
    expect(await call('POST', '/api/v1/auth/verify-otp', { body, headers: newAddress() })).toMatchObject(
      expired,
    )
  }
  // ... do not delete, are nobody else's, and change to no other phone;
  expect(await post('account/deletion/confirm', person.token, { code: current })).toMatchObject(expired)
  expect(await confirmChange(thief, next, current, code)).toMatchObject(expired)
  expect(await confirmChange(person, other, current, code)).toMatchObject(expired)
  // a code to sign in with changes nothing.
  const sent = await call('POST', '/api/v1/auth/send-otp', { body: { phone: next }, headers: newAddress() })
  expect(sent.status).toBe(200)
  const signingIn = await readCode(next)
  if (signingIn !== code) expect(await confirmChange(person, next, current, signingIn)).toMatchObject(invalid)
  expect((await confirmChange(person, next, current, code)).status).toBe(200)
})

test('that a phone belongs to another account is told only to who has both phones', async () => {
  const [person, holder] = [await signIn(), await signIn()]
  const free = await askChange(await signIn(), newPhone())
  const taken = await askChange(person, holder.phone)
  expect({ status: taken.status, body: taken.body }).toEqual({ status: free.status, body: free.body })
  const [current, code] = [await readCode(person.phone), await readCode(holder.phone)]
  expect(await confirmChange(person, holder.phone, current, wrong(code))).toMatchObject(invalid)
  expect(await confirmChange(person, holder.phone, current, code)).toMatchObject(refusal(409, 'phone_taken'))
  expect(await profile(holder.token)).toMatchObject({ body: { id: holder.id, phone: holder.phone } })
})

test('of two people who want one phone, one gets it', async () => {
  const people = [await signIn(), await signIn()]
  const next = newPhone()
  const codes: [string, string][] = []
  for (const person of people) codes.push(await codesFor(person, next))
  const replies = await Promise.all(
    people.map((person, n) => confirmChange(person, next, ...(codes[n] ?? ['', '']))),
  )
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409])
})

test('a change to the same phone, to no mobile number, or without being asked for is refused', async () => {
  const person = await signIn()
  expect(await askChange(person, person.phone.slice(3))).toMatchObject(refusal(422, 'phone_unchanged'))
  expect(await askChange(person, '+1 202 555 0143')).toMatchObject(fieldRefusal('phone', 'phone_not_supported'))
  expect(await confirmChange(person, newPhone(), '123456', '123456')).toMatchObject(expired)
  expect(await confirmChange(person, newPhone(), '12345', '123456')).toMatchObject(fieldRefusal('currentCode'))
  const next = newPhone()
  expect((await askChange(person, next)).status).toBe(200)
  const early = await askChange(person, next)
  expect(early).toMatchObject(refusal(429, 'otp_resend_too_soon'))
  expect(Number(early.headers.get('retry-after'))).toBeGreaterThan(0)
})
