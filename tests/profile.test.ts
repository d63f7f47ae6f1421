import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { signIn, signInDriver } from './client/people.ts'

const save = (token: string, body: unknown) => call('PUT', '/api/v1/auth/profile', { token, body })

test('a profile changes only in the fields that are given', async () => {
  const { token, id, phone } = await signIn()
  const email = `${id}@margwa.example`
  expect(await save(token, { name: '  Meera Rao  ', email, language: 'kn' })).toMatchObject({
    status: 200,
    body: { id, phone, name: 'Meera Rao', email, language: 'kn' },
  })
  expect(await save(token, { language: 'hi' })).toMatchObject({
    body: { name: 'Meera Rao', email, language: 'hi' },
  })
  expect(await save(token, { email: null })).toMatchObject({ body: { name: 'Meera Rao', email: null } })
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    status: 200,
    body: { id, name: 'Meera Rao', email: null, language: 'hi' },
  })
})

test('an e-mail address belongs to one account, however it is written', async () => {
  const [first, second] = [await signIn(), await signIn()]
  const email = `${first.id}@margwa.example`
  expect((await save(first.token, { email })).status).toBe(200)
  expect(await save(second.token, { email: email.toUpperCase() })).toMatchObject(refusal(409, 'email_taken'))
})

test.each([
  ['name', { name: '' }],
  ['name', { name: '   ' }],
  ['name', { name: 'x'.repeat(81) }],
  ['name', { name: 'Asha\nRao' }],
  ['name', { name: 'Asha\u0000' }],
  ['name', { name: '\uD800' }],
  ['name', { name: null }],
  ['email', { email: 'nobody' }],
  ['language', { language: 'xx' }],
  ['phone', { phone: '+919876543210' }],
  ['roles', { roles: ['admin'] }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  const { token } = await signIn()
  expect(await save(token, change)).toMatchObject(fieldRefusal(field))
})

test('a driver profile makes a driver of a passenger at once, on every device', async () => {
  const { token, phone } = await signIn()
  const other = await signIn(phone)
  const read = (of: string) => call('GET', '/api/v1/driver/profile', { token: of })
  expect(await read(token)).toMatchObject(refusal(403, 'driver_profile_required'))
  expect(await read(other.token)).toMatchObject(refusal(403, 'driver_profile_required'))
  const made = await call('PUT', '/api/v1/driver/profile', {
    token,
    body: { name: 'Asha', bio: 'Kannada, Hindi' },
  })
  expect(made).toMatchObject({ status: 200, body: { name: 'Asha', bio: 'Kannada, Hindi', online: false } })
  for (const each of [token, other.token])
    expect(await read(each)).toMatchObject({ status: 200, body: { name: 'Asha', bio: 'Kannada, Hindi' } })
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    body: { name: 'Asha', roles: ['passenger', 'driver'] },
  })
})

test('a driver profile is changed as a whole', async () => {
  const { token } = await signInDriver('Asha')
  const put = (body: unknown) => call('PUT', '/api/v1/driver/profile', { token, body })
  expect(await put({ name: 'Asha R', bio: 'No smoking' })).toMatchObject({ body: { bio: 'No smoking' } })
  expect(await put({ name: 'Asha R' })).toMatchObject({ status: 200, body: { name: 'Asha R', bio: null } })
  expect(await put({})).toMatchObject(fieldRefusal('name'))
})
