import { expect, test } from 'vitest'
import { call } from './client/api.ts'
import { newPhone, readCode, signIn } from './client/people.ts'

test('a phone signs in with the code it was sent, and the code is good once', async () => {
  const phone = newPhone()
  const sent = await call('POST', '/api/v1/auth/send-otp', { body: { phone } })
  expect(sent).toMatchObject({ status: 200, body: { expiresIn: 300, resendAfter: 30 } })
  const otp = await readCode(phone)
  const first = await call('POST', '/api/v1/auth/verify-otp', { body: { phone, otp } })
  expect(first).toMatchObject({ status: 200, body: { tokenType: 'Bearer', expiresIn: 900, user: { phone } } })
  const again = await call('POST', '/api/v1/auth/verify-otp', { body: { phone, otp } })
  expect(again).toMatchObject({ status: 422, body: { code: 'otp_expired' } })
})

test('an access token opens the profile until its session is signed out', async () => {
  const { token } = await signIn()
  expect((await call('GET', '/api/v1/auth/profile', { token })).status).toBe(200)
  expect((await call('POST', '/api/v1/auth/logout', { token })).status).toBe(204)
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    status: 401,
    body: { code: 'session_revoked' },
  })
})
