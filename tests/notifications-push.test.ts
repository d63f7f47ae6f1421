import { expect, test } from 'vitest'
import { call, fieldRefusal } from './client/api.ts'
import { book } from './client/bookings.ts'
import { chatOf, mark, say } from './client/chat.ts'
import { HubClient } from './client/hub-client.ts'
import { setFault } from './client/inbox.ts'
import {
  kindsOf,
  newPushToken,
  notificationsOf,
  pushesTo,
  readOne,
  register,
  removePushToken,
  sendPushToken,
  sendTo,
} from './client/notifications.ts'
import { signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

/** A device keeps quiet so long; longer than a push takes that is on its way. */
const A_WHILE = { timeout: 20_000 }

test('a push goes to every device of a person, with ids to open what it is about and nothing personal in them', async () => {
  const trip = await publishTrip()
  const tablet = await signIn(trip.driver.phone)
  const tokens = [await register(trip.driver), await register(tablet)]
  const passenger = await signIn()
  await call('PUT', '/api/v1/auth/profile', { token: passenger.token, body: { name: 'Meera Nair' } })
  const booking = await book(trip, passenger)
  for (const token of tokens) {
    await expect.poll(() => pushesTo(token), A_WHILE).toHaveLength(1)
    const [push] = await pushesTo(token)
    expect(push).toMatchObject({ notification: { title: 'Meera has booked' }, android: { priority: 'normal' } })
    const [{ id } = { id: '' }] = (await notificationsOf(trip.driver)).items
    expect(push?.data).toEqual({
      ...{ kind: 'booking_made', notificationId: id, thread: `booking:${booking.id}` },
      ...{ bookingId: booking.id, rideId: trip.rideId, personId: passenger.id },
    })
    expect(JSON.stringify(push)).not.toMatch(/Nair|\+91/)
  }
})

test('a token goes where its device goes: refreshed, to another account, away with the session', async () => {
  const operator = await signInStaff('operator')
  const [one, two] = [await signIn(), await signIn()]
  const old = await register(one)
  const fresh = await register(one)
  await sendTo(operator, [one])
  await expect.poll(() => pushesTo(fresh), A_WHILE).toHaveLength(1)
  expect(await pushesTo(old)).toEqual([])

  await register(two, fresh)
  await sendTo(operator, [one, two])
  await expect.poll(() => pushesTo(fresh), A_WHILE).toHaveLength(2)
  await expect.poll(async () => (await notificationsOf(one)).unread).toBe(2)

  await call('POST', '/api/v1/auth/logout', { token: two.token, body: {} })
  const back = await signIn(two.phone)
  const own = await register(back)
  await sendTo(operator, [back])
  await expect.poll(() => pushesTo(own), A_WHILE).toHaveLength(1)
  expect(await pushesTo(fresh)).toHaveLength(2)

  expect((await removePushToken(back)).status).toBe(204)
  expect((await removePushToken(back)).status).toBe(204)
  await sendTo(operator, [back])
  await expect.poll(async () => (await notificationsOf(back)).unread).toBe(3)
  expect(await pushesTo(own)).toHaveLength(1)
})

test('two accounts that bring one token at once: one of them has it', async () => {
  const operator = await signInStaff('operator')
  const people = await Promise.all([signIn(), signIn(), signIn()])
  const token = newPushToken()
  const replies = await Promise.all(people.map((person) => sendPushToken(person, { token, platform: 'ios' })))
  expect(replies.map(({ status }) => status)).toEqual([204, 204, 204])
  await sendTo(operator, people)
  await expect.poll(() => pushesTo(token), A_WHILE).toHaveLength(1)
  for (const person of people) await expect.poll(async () => (await notificationsOf(person)).unread).toBe(1)
  expect(await pushesTo(token)).toHaveLength(1)
})

test('a token that FCM gives up is given up; the others of the person still ring', async () => {
  const operator = await signInStaff('operator')
  const person = await signIn()
  const [lost, works] = [await register(person, newPushToken('unregistered')), newPushToken()]
  await register(await signIn(person.phone), works)
  await sendTo(operator, [person])
  await expect.poll(() => pushesTo(works), A_WHILE).toHaveLength(1)
  // It is nobody's now, so that somebody else has it without a quarrel.
  await register(await signIn(), lost)
  await sendTo(operator, [person])
  await expect.poll(() => pushesTo(works), A_WHILE).toHaveLength(2)
})

test('while FCM is down nothing is lost, and it is not sent twice when it is back', async () => {
  const operator = await signInStaff('operator')
  const person = await signIn()
  const token = await register(person)
  const tablet = await HubClient.connect({ token: person.token })
  await setFault('push', 'refuse')
  try {
    for (const heard of [1, 2]) {
      await sendTo(operator, [person])
      await tablet.until(() => tablet.heard('notification:new').length === heard)
    }
  } finally {
    await setFault('push', 'up')
    tablet.hangUp()
  }
  await expect.poll(() => pushesTo(token), { timeout: 80_000, interval: 1000 }).toHaveLength(2)
  const ids = (await pushesTo(token)).map(({ data }) => data['notificationId'])
  expect(new Set(ids).size).toBe(2)
}, 90_000)

test('what was read before it could be pushed stays silent', async () => {
  const operator = await signInStaff('operator')
  const person = await signIn()
  const token = await register(person)
  await setFault('push', 'refuse')
  try {
    await sendTo(operator, [person])
    await expect.poll(() => kindsOf(person)).toEqual(['announcement'])
    const [{ id } = { id: '' }] = (await notificationsOf(person)).items
    await readOne(person, id)
  } finally {
    await setFault('push', 'up')
  }
  const after = await register(person)
  await sendTo(operator, [person])
  await expect.poll(() => pushesTo(after), A_WHILE).toHaveLength(1)
  expect([await pushesTo(token), await pushesTo(after)]).toMatchObject([[], [{}]])
})

test('a message that no device took is pushed without what it says, and not if it arrived', async () => {
  const trip = await publishTrip()
  const passenger = await signIn()
  await call('PUT', '/api/v1/auth/profile', { token: passenger.token, body: { name: 'Meera Nair' } })
  await book(trip, passenger)
  const chat = await chatOf(trip, passenger, trip.driver)
  const seen = await say(passenger, chat, 'Can you see this?')
  const token = await register(trip.driver)
  await mark(trip.driver, seen.id, 'delivered')
  await say(passenger, chat, 'My secret words')
  await say(passenger, chat, 'and others')
  await expect.poll(() => pushesTo(token), A_WHILE).toHaveLength(1)
  const [push] = await pushesTo(token)
  expect(push).toMatchObject({
    notification: { title: 'New message from Meera' },
    data: { kind: 'chat_message', conversationId: chat, thread: `chat:${chat}` },
  })
  expect(JSON.stringify(push)).not.toMatch(/secret|Nair/)
  // The conversation is the list.
  expect(await kindsOf(trip.driver)).toEqual(['booking_made'])
}, 40_000)

test('a token that could be none is refused', async () => {
  const person = await signIn()
  for (const token of ['', 'a b', 'ü', 'x'.repeat(1001)])
    expect(await sendPushToken(person, { token, platform: 'android' })).toMatchObject(fieldRefusal('token'))
  expect(await sendPushToken(person, { token: 'a', platform: 'fax' })).toMatchObject(fieldRefusal('platform'))
})
