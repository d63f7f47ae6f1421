import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { download, phonePhoto, store } from './client/files.ts'
import { newPhone, signIn, signInDriver } from './client/people.ts'

const Photo = z.array(z.object({ size: z.number(), url: z.string() })).length(3)

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
  ['gender', { gender: 'unknown' }],
  ['photo', { photo: null }],
  ['notificationChoices.sms', { notificationChoices: { sms: 'yes' } }],
  ['notificationChoices.fax', { notificationChoices: { fax: true } }],
])('a wrong %s is refused (case %#)', async (field, change) => {
  const { token } = await signIn()
  expect(await save(token, change)).toMatchObject(fieldRefusal(field))
})

const contact = (phone: string, name = 'Amma') => ({ name, phone })

test('a new profile has no gender, photo or contacts, and wants to hear of everything but offers', async () => {
  const { token } = await signIn()
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    body: {
      gender: null,
      photo: null,
      trustedContacts: [],
      notificationChoices: { push: true, sms: true, offers: false },
    },
  })
})

test('gender is told and taken back; notification choices change one by one', async () => {
  const { token } = await signIn()
  expect(await save(token, { gender: 'female' })).toMatchObject({ body: { gender: 'female' } })
  expect(await save(token, { notificationChoices: { offers: true } })).toMatchObject({
    body: { gender: 'female', notificationChoices: { push: true, sms: true, offers: true } },
  })
  expect(await save(token, { notificationChoices: { push: false }, gender: null })).toMatchObject({
    body: { gender: null, notificationChoices: { push: false, sms: true, offers: true } },
  })
  expect(await save(token, { notificationChoices: {} })).toMatchObject({
    body: { notificationChoices: { push: false, sms: true, offers: true } },
  })
})

test('the list of trusted contacts is replaced as a whole, in its order, and stays where it is not given', async () => {
  const { token } = await signIn()
  const [a, b, c] = [newPhone(), newPhone(), newPhone()]
  const written = [contact(` ${a.slice(3)} `, '  Amma '), contact(b, 'Appa')]
  const first = [contact(a), contact(b, 'Appa')]
  expect(await save(token, { trustedContacts: written })).toMatchObject({ body: { trustedContacts: first } })
  expect(await save(token, { language: 'ta' })).toMatchObject({ body: { trustedContacts: first } })
  const second = [contact(b, 'Appa'), contact(a), contact(c, 'Akka')]
  expect(await save(token, { trustedContacts: second })).toMatchObject({ body: { trustedContacts: second } })
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    body: { trustedContacts: second },
  })
  const gone = await save(token, { trustedContacts: [] })
  expect(gone.body).toMatchObject({ language: 'ta', trustedContacts: [] })
})

test('a list with a number that is there twice, is my own, or is no mobile number is refused and changes nothing', async () => {
  const { token, phone } = await signIn()
  const [a, b] = [newPhone(), newPhone()]
  await save(token, { trustedContacts: [contact(a)] })
  const refused = async (trustedContacts: unknown, path: string, code = 'invalid_fields') =>
    expect(await save(token, { trustedContacts, name: 'Nobody' })).toMatchObject(fieldRefusal(path, code))
  await refused([contact(b), contact(`0${b.slice(3)}`)], 'trustedContacts.1.phone')
  await refused([contact(b), contact(phone.slice(3))], 'trustedContacts.1.phone')
  await refused([contact('+1 202 555 0143')], 'trustedContacts.0.phone', 'phone_not_supported')
  await refused([{ name: '', phone: b }], 'trustedContacts.0.name')
  await refused([{ ...contact(b), relation: 'aunt' }], 'trustedContacts.0.relation')
  await refused(
    Array.from({ length: 6 }, () => contact(newPhone())),
    'trustedContacts',
  )
  expect(await call('GET', '/api/v1/auth/profile', { token })).toMatchObject({
    body: { name: null, trustedContacts: [contact(a)] },
  })
})

test('two changes of the list at once leave one of them, whole', async () => {
  const { token } = await signIn()
  const lists = Array.from({ length: 6 }, () => [contact(newPhone()), contact(newPhone(), 'Appa')])
  const replies = await Promise.all(lists.map((trustedContacts) => save(token, { trustedContacts })))
  for (const { status } of replies) expect(status).toBe(200)
  const { body } = await call('GET', '/api/v1/auth/profile', { token })
  expect(lists).toContainEqual(Object(body).trustedContacts)
})

test('the photo of a profile is the avatar, in its sizes', async () => {
  const { token } = await signIn()
  const avatar = await store('avatar', token, await phonePhoto(900, 700))
  const { body } = await call('GET', '/api/v1/auth/profile', { token })
  const photo = Photo.parse(Object(body).photo)
  expect(photo.map(({ url }) => url)).toEqual(avatar.variants.map(({ url }) => url))
  expect(photo.map(({ size }) => `${size}.webp`)).toEqual(avatar.variants.map(({ name }) => name))
  expect((await download(photo[0]?.url ?? '')).status).toBe(200)
  expect(await save(token, { name: 'Meera' })).toMatchObject({ body: { photo } })
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
