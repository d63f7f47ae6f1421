import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { book } from './client/bookings.ts'
import { HubClient } from './client/hub-client.ts'
import { newAddress, newPhone, signIn, signInMany } from './client/people.ts'
import {
  type Alert,
  askRaise,
  follow,
  handle,
  openPage,
  raise,
  resolveOwn,
  textsTo,
  tokenOf,
  trust,
  waitFor,
} from './client/safety.ts'
import { signInStaff, theAdministrator } from './client/staff.ts'
import { moveRide, publishTrip } from './client/trips.ts'

const notThere = refusal(404, 'not_found')
const here = { lat: 12.9716, lng: 77.5946 }

test('help is called without a ride, without a position, without a body', async () => {
  const person = await signIn()
  const alert = await raise(person)
  expect(alert).toMatchObject({
    state: 'raised',
    rideId: null,
    position: null,
    note: null,
    acknowledgedAt: null,
  })
  const again = await askRaise(person, { position: here, note: ' behind\nthe   market\u0000 ' })
  expect(again).toMatchObject({
    status: 200,
    body: { id: alert.id, position: here, note: 'behind the   market' },
  })
  const { token } = person
  expect(await call('GET', `/api/v1/safety/sos/${alert.id}`, { token })).toMatchObject({
    status: 200,
    body: { id: alert.id },
  })
  expect(await call('GET', '/api/v1/safety/sos', { token })).toMatchObject({
    body: { items: [{ id: alert.id }], nextCursor: null },
  })
})

test('of many calls at once one alert comes', async () => {
  const person = await signIn()
  const replies = await Promise.all(Array.from({ length: 8 }, () => askRaise(person, { position: here })))
  const statuses = replies.map(({ status }) => status).toSorted((one, other) => one - other)
  expect(statuses).toEqual([...Array.from({ length: 7 }, () => 200), 201])
  expect(new Set(replies.map(({ body }) => Object(body).id)).size).toBe(1)
})

test('trusted contacts get a text with a link at once, once, and hear of the end', async () => {
  const person = await signIn()
  const [anil, bina] = [newPhone(), newPhone()]
  await call('PUT', '/api/v1/auth/profile', { token: person.token, body: { name: 'Meera Nair' } })
  await trust(person, [
    { name: 'Anil', phone: anil },
    { name: 'Bina', phone: bina },
  ])
  const alert = await raise(person, { position: here })
  for (const phone of [anil, bina]) {
    const [text] = await waitFor(
      () => textsTo(phone),
      (texts) => texts.length > 0,
    )
    expect(text).toMatchObject({ templateId: 'local-sos-raised', values: { name: 'Meera' } })
    const { link1 = '', link2 = '' } = text?.values ?? {}
    expect(link1 + link2).toBe(tokenOf(alert))
  }
  expect(await follow(tokenOf(alert))).toMatchObject({
    status: 200,
    body: { ride: null, alert: { state: 'raised', name: 'Meera', position: here } },
  })
  await askRaise(person)
  expect((await resolveOwn(person, alert)).status).toBe(200)
  for (const phone of [anil, bina]) {
    const texts = await waitFor(
      () => textsTo(phone),
      ({ length }) => length > 1,
    )
    expect(texts.map(({ templateId }) => templateId)).toEqual(['local-sos-raised', 'local-sos-resolved'])
  }
  expect(await follow(tokenOf(alert))).toMatchObject({
    body: { alert: { state: 'resolved', position: null, locatedAt: null } },
  })
  expect((await openPage(tokenOf(alert))).text).toContain('Meera does not need help any more')
})

test('operators see open alerts first, take one, and end it; every step is on record', async () => {
  const [person, operator] = await Promise.all([signIn(), signInStaff('operator')])
  const contact = newPhone()
  await trust(person, [{ name: 'Anil', phone: contact }])
  const alert = await raise(person, { note: 'help' })
  await waitFor(
    () => textsTo(contact),
    ({ length }) => length > 0,
  )
  const { token } = operator
  const list = async () => Object((await call('GET', '/api/v1/admin/sos?limit=100', { token })).body).items
  expect((await list())[0]).toMatchObject({ id: alert.id, userId: person.id, state: 'raised' })
  expect(await handle(operator, alert, 'acknowledge')).toMatchObject({
    status: 200,
    body: { state: 'acknowledged' },
  })
  expect(await handle(operator, alert, 'acknowledge')).toMatchObject(refusal(409, 'sos_acknowledged'))
  expect(await handle(operator, alert, 'resolve')).toMatchObject({
    status: 200,
    body: { state: 'resolved', resolution: 'Safe at home' },
  })
  for (const action of ['acknowledge', 'resolve'] as const)
    expect(await handle(operator, alert, action)).toMatchObject(refusal(409, 'sos_resolved'))
  expect(await resolveOwn(person, alert)).toMatchObject(refusal(409, 'sos_resolved'))
  const states = (await list()).map(({ state }: { state: string }) => state === 'resolved')
  expect(states).toEqual(states.toSorted((a: boolean, b: boolean) => Number(a) - Number(b)))

  const seen = await waitFor(
    () => call('GET', `/api/v1/admin/sos/${alert.id}`, { token }),
    ({ body }) => Object(body).steps.length === 5,
  )
  expect(seen.body).toMatchObject({
    person: { phone: person.phone },
    contacts: [{ name: 'Anil', phone: contact }],
    steps: [
      { kind: 'raised', actorId: person.id },
      { kind: 'contacts', actorId: null, details: { step: 'raised', told: [contact], done: true } },
      { kind: 'acknowledged', actorId: operator.id },
      { kind: 'resolved', actorId: operator.id },
      { kind: 'contacts', details: { step: 'resolved', told: [contact] } },
    ],
  })
  const audit = await call('GET', `/api/v1/admin/audit-events?subject=${alert.id}&actor=${operator.id}`, {
    token: (await theAdministrator()).token,
  })
  const actions = Object(audit.body).items.map(({ action }: { action: string }) => action)
  expect(new Set(actions)).toEqual(new Set(['sos.view', 'sos.resolve', 'sos.acknowledge']))
})

test('operators and who raised it hear of every state live, and nobody else does', async () => {
  const [person, stranger, operator] = [
    await signIn(),
    await signInStaff('reviewer'),
    await signInStaff('operator'),
  ]
  const people = [person, operator, stranger]
  const devices = await Promise.all(people.map(({ token }) => HubClient.connect({ token })))
  const alert = await raise(person)
  expect((await handle(operator, alert, 'acknowledge')).status).toBe(200)
  expect((await resolveOwn(person, alert)).status).toBe(200)
  const [own, office, other] = devices.map((device) => ({
    device,
    states: () =>
      device.heard('sos:updated').flatMap(({ alertId, state }) => (alertId === alert.id ? [state] : [])),
  }))
  for (const listener of [own, office]) {
    await listener?.device.until(() => listener.states().length === 3)
    expect(listener?.states()).toEqual(['raised', 'acknowledged', 'resolved'])
  }
  expect(other?.states()).toEqual([])
  for (const device of devices) device.hangUp()
})

const Page = z.object({ items: z.array(z.object({ id: z.string() })), nextCursor: z.string().nullable() })

test('a list in pages has every alert once, the open ones first', async () => {
  const operator = await signInStaff('operator')
  const people = await signInMany(5)
  const alerts: Alert[] = []
  for (const person of people) alerts.push(await raise(person))
  for (const n of [1, 3])
    await resolveOwn(people[n] ?? operator, alerts[n] ?? { id: '', state: '', rideId: null, url: '' })
  const ids: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${cursor}`
    const page = expectBody(
      await call('GET', `/api/v1/admin/sos?limit=2${query}`, { token: operator.token }),
      200,
      Page,
    )
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  const mine = ids.filter((id) => alerts.some((alert) => alert.id === id))
  expect(mine).toEqual([4, 2, 0, 3, 1].map((n) => alerts[n]?.id))
  expect(new Set(ids).size).toBe(ids.length)
})

test('acknowledged and resolved at once: over in the end, whoever came first', async () => {
  const [operator, other] = await Promise.all([signInStaff('operator'), signInStaff('operator')])
  for (let round = 0; round < 4; round++) {
    const person = await signIn()
    const alert = await raise(person)
    const [taken, takenToo, resolved] = await Promise.all([
      handle(operator, alert, 'acknowledge'),
      handle(other, alert, 'acknowledge'),
      resolveOwn(person, alert, 'I am safe'),
    ])
    expect(resolved).toMatchObject({ status: 200, body: { state: 'resolved', resolution: 'I am safe' } })
    expect([taken, takenToo].filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
    for (const reply of [taken, takenToo].filter(({ status }) => status !== 200))
      expect(['sos_acknowledged', 'sos_resolved']).toContain(Object(reply.body).code)
    expect(await raise(person)).not.toMatchObject({ id: alert.id })
  }
})

test('an alert is nobody else’s business', async () => {
  const [person, stranger] = await signInMany(2)
  if (!person || !stranger) throw new Error('nobody came')
  const alert = await raise(person)
  const { token } = stranger
  const position = { token, body: here }
  expect(await call('GET', `/api/v1/safety/sos/${alert.id}`, { token })).toMatchObject(notThere)
  expect(await call('PUT', `/api/v1/safety/sos/${alert.id}/position`, position)).toMatchObject(notThere)
  expect(await resolveOwn(stranger, alert)).toMatchObject(notThere)
  expect(await call('GET', '/api/v1/safety/sos', { token })).toMatchObject({ body: { items: [] } })
  for (const role of ['reviewer', 'finance'] as const) {
    const staff = await signInStaff(role)
    expect(await handle(staff, alert, 'acknowledge')).toMatchObject(refusal(403, 'forbidden'))
    expect(await call('GET', '/api/v1/admin/sos', { token: staff.token })).toMatchObject(
      refusal(403, 'forbidden'),
    )
  }
  const operator = await signInStaff('operator')
  expect(await handle(operator, { ...alert, id: crypto.randomUUID() }, 'acknowledge')).toMatchObject(notThere)
})

test('the position moves on while the alert is open; an older one changes nothing', async () => {
  const person = await signIn()
  const alert = await raise(person, { position: here })
  const move = (body: object) =>
    call('PUT', `/api/v1/safety/sos/${alert.id}/position`, { token: person.token, body })
  const there = { lat: 12.98, lng: 77.6 }
  expect(await move(there)).toMatchObject({ status: 200, body: { position: there } })
  expect(await move({ ...here, at: '2026-01-01T00:00:00Z' })).toMatchObject({
    status: 200,
    body: { position: there },
  })
  expect(await move({ lat: 91, lng: 0 })).toMatchObject(fieldRefusal('lat'))
  expect(await follow(tokenOf(alert))).toMatchObject({ body: { alert: { position: there } } })
  await resolveOwn(person, alert)
  expect(await move(here)).toMatchObject(refusal(409, 'sos_resolved'))
})

test('an alert belongs to the ride that its person is on, outlives it, and its link with it', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  const booking = await book(trip, passenger)
  expect((await moveRide(trip, 'start')).status).toBe(200)
  const alert = await raise(passenger, { position: here })
  expect(alert.rideId).toBe(trip.rideId)
  expect(await follow(tokenOf(alert))).toMatchObject({
    body: { alert: { state: 'raised' }, ride: { status: 'started', driver: 'Asha' } },
  })
  await call('POST', `/api/v1/bookings/${booking.id}/absent`, { token: trip.driver.token })
  expect((await moveRide(trip, 'complete')).status).toBe(200)
  expect(await follow(tokenOf(alert))).toMatchObject({
    status: 200,
    body: { alert: { state: 'raised', position: here }, ride: { status: 'completed' } },
  })
  expect((await resolveOwn(passenger, alert)).status).toBe(200)
  expect(await follow(tokenOf(alert))).toMatchObject({ body: { alert: { state: 'resolved' }, ride: null } })
})

test('a ride that somebody is not on keeps no alert from being raised', async () => {
  const trip = await publishTrip()
  const stranger = await signIn()
  expect(await raise(stranger, { rideId: trip.rideId })).toMatchObject({ rideId: null })
  expect(await raise(await signIn(), { rideId: crypto.randomUUID() })).toMatchObject({ rideId: null })
  expect(await raise(trip.driver, { rideId: trip.rideId })).toMatchObject({ rideId: trip.rideId })
})

test('an account with an open alert is not deleted, and its export has the alert', async () => {
  const person = await signIn()
  const alert = await raise(person, { position: here })
  const { token } = person
  const askDeletion = () => call('POST', '/api/v1/auth/account/deletion', { token, headers: newAddress() })
  expect(await askDeletion()).toMatchObject(refusal(409, 'account_in_use'))
  const { body } = await call('GET', '/api/v1/auth/account/export', { token })
  expect(Object(body).sosAlerts).toMatchObject([{ id: alert.id, state: 'raised', position: here }])
  await resolveOwn(person, alert)
  expect((await askDeletion()).status).toBe(200)
})
