import { afterEach, expect, test } from 'vitest'
import { call, refusal } from './client/api.ts'
import { setFault } from './client/inbox.ts'
import { newPhone, signIn } from './client/people.ts'
import { askRaise, handle, raise, resolveOwn, textsTo, trust, waitFor } from './client/safety.ts'
import { signInStaff } from './client/staff.ts'

/** Longer than the time after which what was not taken is tried again, twice. */
const RETRIED_MS = 75_000

afterEach(async () => {
  for (const service of ['database', 'redis', 'sms'] as const) await setFault(service, 'up')
})

test.each(['refuse', 'hang'] as const)('help is called, taken and ended while Redis would %s', async (mode) => {
  const [person, operator] = await Promise.all([signIn(), signInStaff('operator')])
  const contact = newPhone()
  await trust(person, [{ name: 'Anil', phone: contact }])
  await setFault('redis', mode)
  const alert = await raise(person)
  await waitFor(
    () => textsTo(contact),
    ({ length }) => length === 1,
  )
  expect((await askRaise(person)).status).toBe(200)
  const { token } = person
  const position = { token, body: { lat: 12.97, lng: 77.59 } }
  expect((await call('PUT', `/api/v1/safety/sos/${alert.id}/position`, position)).status).toBe(200)
  expect((await handle(operator, alert, 'acknowledge')).status).toBe(200)
  expect(await call('GET', '/api/v1/safety/sos', { token })).toMatchObject({ status: 200 })
  expect((await resolveOwn(person, alert)).status).toBe(200)
})

test('who was signed out calls for nothing, also while Redis is down', async () => {
  const { token } = await signIn()
  const person = { id: '', phone: '', token, refreshToken: '' }
  expect((await call('POST', '/api/v1/auth/logout', { token })).status).toBe(204)
  await setFault('redis', 'refuse')
  expect(await askRaise(person)).toMatchObject(refusal(401, 'session_revoked'))
})

test('who calls again and again has one alert, and is never told to wait before', async () => {
  const person = await signIn()
  const statuses = []
  for (let n = 0; n < 50; n++) statuses.push((await askRaise(person)).status)
  expect(statuses).toEqual([201, ...Array.from({ length: 49 }, () => 200)])
})

test(
  'contacts who could not be told while no SMS went out are told later, once',
  async () => {
    const person = await signIn()
    const contact = newPhone()
    await trust(person, [{ name: 'Anil', phone: contact }])
    await setFault('sms', 'refuse')
    const alert = await raise(person)
    const { token } = await signInStaff('operator').catch(async () => {
      // Codes go out by SMS too.
      await setFault('sms', 'up')
      return signInStaff('operator')
    })
    await setFault('sms', 'up')
    await waitFor(
      () => textsTo(contact),
      ({ length }) => length === 1,
      RETRIED_MS,
    )
    const steps = async () => Object((await call('GET', `/api/v1/admin/sos/${alert.id}`, { token })).body).steps
    const told = (await waitFor(steps, ({ length }) => length === 2))[1]
    expect(told).toMatchObject({ kind: 'contacts', details: { step: 'raised', told: [contact], done: true } })
    expect((await resolveOwn(person, alert)).status).toBe(200)
    const texts = await waitFor(
      () => textsTo(contact),
      ({ length }) => length > 1,
    )
    expect(texts.map(({ templateId }) => templateId)).toEqual(['local-sos-raised', 'local-sos-resolved'])
  },
  RETRIED_MS + 20_000,
)
