import { expect, test } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { book } from './client/bookings.ts'
import { kindsOf, notificationsOf, pushesTo, register, sendTo } from './client/notifications.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const PATH = '/api/v1/notifications/preferences'
const Preferences = z.object({
  quietHours: z.object({ from: z.string(), to: z.string() }).nullable(),
  choices: z.array(z.object({ kind: z.string(), channel: z.string(), wanted: z.boolean() })),
})

const choose = ({ token }: Person, body: object): Promise<ApiReply> => call('PUT', PATH, { token, body })
const preferencesOf = async ({ token }: Person) =>
  expectBody(await call('GET', PATH, { token }), 200, Preferences)

test('everybody sees what can be chosen, and changes one thing without touching another', async () => {
  const person = await signIn()
  const before = await preferencesOf(person)
  expect(before.quietHours).toBeNull()
  expect(before.choices).toContainEqual({ kind: 'booking_made', channel: 'push', wanted: true })
  expect(before.choices).toContainEqual({ kind: 'passenger_found', channel: 'push', wanted: false })
  // What must arrive is no choice.
  expect(before.choices.filter(({ kind }) => kind === 'ride_cancelled')).toEqual([])
  const off = { kind: 'booking_made', channel: 'push', wanted: false }
  const on = { kind: 'passenger_found', channel: 'push', wanted: true }
  expect((await choose(person, { choices: [off, on] })).status).toBe(200)
  expect((await choose(person, { quietHours: { from: '22:30', to: '06:05' } })).status).toBe(200)
  const after = await preferencesOf(person)
  expect(after.quietHours).toEqual({ from: '22:30', to: '06:05' })
  expect(
    after.choices.filter(
      (choice) => !before.choices.some((each) => JSON.stringify(each) === JSON.stringify(choice)),
    ),
  ).toEqual(expect.arrayContaining([off, on]))
  expect(await choose(person, { quietHours: null })).toMatchObject({ status: 200, body: { quietHours: null } })
  expect(await preferencesOf(await signIn())).toEqual(before)
})

test('what somebody does not want to hear of comes in no way they declined', async () => {
  const trip = await publishTrip()
  const token = await register(trip.driver)
  const choices = [
    { kind: 'booking_made', channel: 'push', wanted: false },
    { kind: 'announcement', channel: 'push', wanted: true },
  ]
  await choose(trip.driver, { choices })
  await book(trip, await signIn())
  await expect.poll(() => kindsOf(trip.driver)).toEqual(['booking_made'])
  await choose(trip.driver, { choices: [{ kind: 'booking_made', channel: 'hub', wanted: false }] })
  await book(trip, await signIn())
  await sendTo(await signInStaff('operator'), [trip.driver])
  await expect.poll(() => pushesTo(token), { timeout: 20_000 }).toHaveLength(1)
  expect(await notificationsOf(trip.driver)).toMatchObject({
    unread: 2,
    items: [{ kind: 'announcement' }, { kind: 'booking_made' }],
  })
})

test('choices that nobody has are refused', async () => {
  const person = await signIn()
  const must = { kind: 'ride_cancelled', channel: 'sms', wanted: false }
  expect(await choose(person, { choices: [must] })).toMatchObject(refusal(422, 'notification_not_optional'))
  const never = { kind: 'chat_message', channel: 'sms', wanted: true }
  expect(await choose(person, { choices: [never] })).toMatchObject(refusal(422, 'notification_not_optional'))
  const twice = { kind: 'offer', channel: 'push', wanted: true }
  expect(await choose(person, { choices: [twice, twice] })).toMatchObject(fieldRefusal('choices'))
  expect(await choose(person, { choices: [{ ...twice, kind: 'fax' }] })).toMatchObject(
    fieldRefusal('choices.0.kind'),
  )
  for (const to of ['24:00', '7:00', '22:30'])
    expect(await choose(person, { quietHours: { from: '22:30', to } })).toMatchObject(
      fieldRefusal('quietHours.to'),
    )
  expect(await choose(person, { quiet: true })).toMatchObject(refusal(422, 'invalid_fields'))
})

test('what was given up is for operations to see and to send again', async () => {
  const [operator, person] = await Promise.all([signInStaff('operator'), signIn()])
  for (const path of ['/api/v1/admin/deliveries/parked', '/api/v1/admin/events/parked']) {
    expect(await call('GET', path, { token: operator.token })).toMatchObject({
      status: 200,
      body: { items: [] },
    })
    expect(await call('GET', path, { token: person.token })).toMatchObject(refusal(403, 'forbidden'))
  }
  for (const what of ['deliveries', 'events']) {
    const path = `/api/v1/admin/${what}/${crypto.randomUUID()}/retry`
    expect(await call('POST', path, { token: operator.token })).toMatchObject(refusal(404, 'not_found'))
    expect(await call('POST', path, { token: person.token })).toMatchObject(refusal(403, 'forbidden'))
  }
})
