import { expect, test } from 'vitest'
import { call, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import { HubClient } from './client/hub-client.ts'
import { readJournal } from './client/inbox.ts'
import {
  askForNotifications,
  deleteOne,
  kindsOf,
  notificationsOf,
  readAll,
  readOne,
  sendTo,
} from './client/notifications.ts'
import { signIn, signInMany } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { moveRide, publishTrip } from './client/trips.ts'
import { fullTrip, joinWaitlist } from './client/waitlist.ts'

test('a booking is told to its other side: in the list, unread, and at once to a device that is open', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const passenger = await signIn()
  await call('PUT', '/api/v1/auth/profile', {
    token: passenger.token,
    body: { name: 'Meera Nair', language: 'hi' },
  })
  const phone = await HubClient.connect({ token: passenger.token })
  const booking = await book(trip, passenger)
  await expect.poll(() => kindsOf(trip.driver)).toEqual(['booking_requested'])
  const { items, unread } = await notificationsOf(trip.driver)
  expect(unread).toBe(1)
  expect(items).toEqual([
    {
      ...{ id: expect.any(String), kind: 'booking_requested', readAt: null, createdAt: expect.any(String) },
      title: 'Meera asks for a seat',
      body: expect.stringMatching(/^Stop 0 → Stop 3, .*(am|pm)\. Answer soon/),
      data: {
        ...{ bookingId: booking.id, rideId: trip.rideId, personId: passenger.id },
        thread: `booking:${booking.id}`,
      },
    },
  ])
  await actOn(booking, trip.driver, 'accept')
  await phone.until(() => phone.heard('notification:new').length > 0)
  expect(phone.heard('notification:new')).toMatchObject([
    { notification: { kind: 'booking_confirmed', title: 'आपकी सीट पक्की है', data: { bookingId: booking.id } } },
  ])
  phone.hangUp()
  await actOn(booking, passenger, 'cancel')
  await expect.poll(() => kindsOf(trip.driver)).toEqual(['booking_withdrawn', 'booking_requested'])
  expect(await kindsOf(passenger)).toEqual(['booking_confirmed'])
})

test('everybody hears what concerns them from the first booking to the end of the ride, and nothing twice', async () => {
  const trip = await publishTrip()
  const [one, two] = await signInMany(2)
  if (!one || !two) throw new Error('nobody came')
  const bookings = [await book(trip, one), await book(trip, two)]
  await moveRide(trip, 'start')
  const [first, second] = bookings
  if (!first || !second) throw new Error('nothing was booked')
  await actOn(first, trip.driver, 'board', first.boardingCode ?? '')
  await actOn(second, trip.driver, 'absent')
  await moveRide(trip, 'complete')
  await expect.poll(() => kindsOf(one)).toEqual(['review_due', 'ride_started'])
  await expect.poll(() => kindsOf(two)).toEqual(['marked_absent', 'ride_started'])
  expect(await kindsOf(trip.driver)).toEqual(['review_due', 'booking_made', 'booking_made'])
})

test('a ride that is cancelled is told to who was on it, by SMS too; a seat that becomes free to who waits', async () => {
  const { trip, holder, booking, others } = await fullTrip(1)
  const [waiting] = others
  if (!waiting) throw new Error('nobody came')
  await joinWaitlist(waiting.person, waiting.quote)
  await actOn(booking, holder, 'cancel')
  await expect.poll(() => kindsOf(waiting.person)).toEqual(['seats_offered'])
  await expect.poll(() => kindsOf(trip.driver)).toEqual(['booking_withdrawn', 'booking_made'])

  const second = await publishTrip()
  const passenger = await signIn()
  await book(second, passenger)
  await moveRide(second, 'cancel')
  await expect.poll(() => kindsOf(passenger)).toEqual(['ride_cancelled'])
  await expect
    .poll(async () => (await readJournal('sms', passenger.phone)).map(({ data }) => data['templateId']))
    .toContain('local-ride-cancelled')
  expect(await kindsOf(second.driver)).toEqual(['booking_made'])
})

test('what was read stays read, what was deleted is gone, and pages follow each other', async () => {
  const [operator, person] = await Promise.all([signInStaff('operator'), signIn()])
  for (let n = 0; n < 3; n++) await sendTo(operator, [person])
  await expect.poll(async () => (await notificationsOf(person)).unread).toBe(3)
  const page = await notificationsOf(person, '?limit=2')
  const rest = await notificationsOf(person, `?limit=2&cursor=${page.nextCursor}`)
  expect([page.items.length, rest.items.length, rest.nextCursor]).toEqual([2, 1, null])
  const ids = [...page.items, ...rest.items].map(({ id }) => id)
  expect(new Set(ids).size).toBe(3)
  const [first = '', second = ''] = ids
  const read = await readOne(person, first)
  expect(read).toMatchObject({ status: 200, body: { id: first, readAt: expect.any(String) } })
  expect((await readOne(person, first)).body).toEqual(read.body)
  expect(await notificationsOf(person, '?unread=true')).toMatchObject({ unread: 2, items: [{}, {}] })
  expect((await deleteOne(person, second)).status).toBe(204)
  expect(await deleteOne(person, second)).toMatchObject(refusal(404, 'not_found'))
  expect(await readOne(person, second)).toMatchObject(refusal(404, 'not_found'))
  expect((await notificationsOf(person)).unread).toBe(1)
  expect(await readAll(person)).toMatchObject({ status: 200, body: { read: 1 } })
  expect(await readAll(person)).toMatchObject({ status: 200, body: { read: 0 } })
  expect(await notificationsOf(person)).toMatchObject({ unread: 0, items: [{}, {}] })
})

test('a stranger sees nothing of it, whatever id they name', async () => {
  const [operator, person, stranger] = await Promise.all([signInStaff('operator'), signIn(), signIn()])
  await sendTo(operator, [person])
  await expect.poll(async () => (await notificationsOf(person)).unread).toBe(1)
  const [{ id } = { id: '' }] = (await notificationsOf(person)).items
  expect(await askForNotifications(stranger, person.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await readOne(stranger, id)).toMatchObject(refusal(404, 'not_found'))
  expect(await deleteOne(stranger, id)).toMatchObject(refusal(404, 'not_found'))
  expect(await readAll(stranger)).toMatchObject({ body: { read: 0 } })
  expect(await notificationsOf(stranger)).toEqual({ items: [], nextCursor: null, unread: 0 })
  expect((await notificationsOf(person)).unread).toBe(1)
  expect(await askForNotifications(person, person.id, '?cursor=x')).toMatchObject(
    refusal(422, 'invalid_cursor'),
  )
})

test('only operations write to people, in their language, once for each key, and it is on record', async () => {
  const [operator, reader, other] = await Promise.all([signInStaff('operator'), signIn(), signIn()])
  await call('PUT', '/api/v1/auth/profile', { token: reader.token, body: { language: 'ta' } })
  const texts = { en: { title: 'Rain {name}', body: 'Take care <b>' }, ta: { title: 'மழை', body: 'கவனம்' } }
  const key = { 'idempotency-key': crypto.randomUUID() }
  const sent = await sendTo(operator, [reader, other, { id: crypto.randomUUID() }], { texts }, key)
  expect(sent).toMatchObject({ status: 201, body: { recipients: 2 } })
  expect((await sendTo(operator, [reader, other, { id: crypto.randomUUID() }], { texts }, key)).status).toBe(
    422,
  )
  await expect.poll(() => kindsOf(reader)).toEqual(['announcement'])
  expect((await notificationsOf(reader)).items).toMatchObject([{ title: 'மழை', body: 'கவனம்' }])
  expect((await notificationsOf(other)).items).toMatchObject([{ title: 'Rain {name}', body: 'Take care <b>' }])
  const administrator = await signInStaff('administrator')
  const trail = await call('GET', `/api/v1/admin/audit-events?actor=${operator.id}`, {
    token: administrator.token,
  })
  expect(JSON.stringify(trail.body)).toContain('notification.send')

  expect(await sendTo(reader, [other])).toMatchObject(refusal(403, 'forbidden'))
  expect(await sendTo(await signInStaff('reviewer'), [other])).toMatchObject(refusal(403, 'forbidden'))
  expect(await sendTo(operator, [])).toMatchObject(fieldRefusal('userIds'))
  expect(await sendTo(operator, [other, other])).toMatchObject(fieldRefusal('userIds'))
  expect(await sendTo(operator, [other], { texts: { ta: texts.ta } })).toMatchObject(fieldRefusal('texts.en'))
  expect(await sendTo(operator, [other], { kind: 'booking_made' })).toMatchObject(fieldRefusal('kind'))
})

test('an offer reaches only who wants offers', async () => {
  const [operator, keen, other] = await Promise.all([signInStaff('operator'), signIn(), signIn()])
  const body = { notificationChoices: { offers: true } }
  expect((await call('PUT', '/api/v1/auth/profile', { token: keen.token, body })).status).toBe(200)
  await sendTo(operator, [keen, other], { kind: 'offer' })
  await sendTo(operator, [keen, other])
  await expect.poll(() => kindsOf(keen)).toEqual(['announcement', 'offer'])
  expect(await kindsOf(other)).toEqual(['announcement'])
})
