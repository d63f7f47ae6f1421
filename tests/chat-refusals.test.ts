import { expect, test } from 'vitest'
import { z } from 'zod'
import { call, refusal } from './client/api.ts'
import { chatOf, conversationsOf, history, mark, openChat, post, readPage, remove, say } from './client/chat.ts'
import { signIn } from './client/people.ts'
import { inMinutes, publishTrip } from './client/trips.ts'

test('a stranger sees nothing, does nothing, and learns nothing', async () => {
  const trip = await publishTrip()
  const [asker, stranger] = [await signIn(), await signIn()]
  const id = await chatOf(trip, asker, trip.driver)
  const message = await say(asker, id)
  const missing = refusal(404, 'not_found')
  const get = (path: string) => call('GET', `/api/v1/chat/${path}`, { token: stranger.token })
  expect(await get(`conversations/${id}`)).toMatchObject(missing)
  expect(await get(`messages/${id}`)).toMatchObject(missing)
  expect(await get(`conversations/user/${asker.id}`)).toMatchObject(missing)
  expect(await get(`unread/${asker.id}`)).toMatchObject(missing)
  expect(await post(stranger, { conversationId: id, body: 'Hi' })).toMatchObject(missing)
  for (const as of ['read', 'delivered'] as const)
    expect(await mark(stranger, message.id, as)).toMatchObject(missing)
  expect(await remove(stranger, message.id)).toMatchObject(missing)
  expect((await conversationsOf(stranger)).items).toEqual([])
  expect(await call('GET', '/api/v1/admin/messages/flagged', { token: stranger.token })).toMatchObject(
    refusal(403, 'forbidden'),
  )
})

test('who cannot be written to, and about what', async () => {
  const trip = await publishTrip()
  const [asker, other] = [await signIn(), await signIn()]
  expect(await openChat(trip, asker, other)).toMatchObject(refusal(403, 'not_on_ride'))
  expect(await openChat(trip, asker, asker)).toMatchObject(refusal(403, 'not_on_ride'))
  expect(await openChat(trip, trip.driver, asker)).toMatchObject(refusal(403, 'not_on_ride'))
  const nowhere = { ...trip, rideId: crypto.randomUUID() }
  expect(await openChat(nowhere, asker, trip.driver)).toMatchObject(refusal(404, 'not_found'))
  expect(await openChat(nowhere, asker)).toMatchObject(refusal(404, 'not_found'))
  expect(await openChat(trip, asker, { ...other, id: crypto.randomUUID() })).toMatchObject(
    refusal(403, 'not_on_ride'),
  )
  const id = await chatOf(trip, asker, trip.driver)
  await call('PUT', `/api/v1/blocks/${trip.driver.id}`, { token: asker.token })
  expect(await post(trip.driver, { conversationId: id, body: 'Hi' })).toMatchObject(
    refusal(409, 'recipient_unavailable'),
  )
  expect(await post(asker, { conversationId: id, body: 'Hi' })).toMatchObject(
    refusal(409, 'recipient_unavailable'),
  )
  expect((await history(trip.driver, id)).status).toBe(200)
  expect(
    await openChat(
      await publishTrip({ driver: trip.driver, vehicleId: trip.vehicleId, departsAt: inMinutes(600) }),
      asker,
      trip.driver,
    ),
  ).toMatchObject(refusal(409, 'recipient_unavailable'))
})

test('who writes faster than anybody types waits', async () => {
  const writer = await signIn()
  const replies = await Promise.all(Array.from({ length: 61 }, () => post(writer, {})))
  const statuses = replies.map(({ status }) => status)
  expect([
    statuses.filter((status) => status === 422),
    statuses.filter((status) => status === 429),
  ]).toMatchObject([{ length: 60 }, { length: 1 }])
})

test.each([
  ['nothing at all', {}, 'conversationId'],
  ['both a conversation and a ride', { rideId: crypto.randomUUID(), body: 'x' }, 'conversationId'],
  ['a receiver without a ride', { receiverId: crypto.randomUUID(), body: 'x' }, 'receiverId'],
  ['no content', { body: undefined }, 'body'],
  ['spaces only', { body: ' \n\t ' }, 'body'],
  ['a text that is too long', { body: 'x'.repeat(2001) }, 'body'],
  ['a NUL', { body: 'a\u0000b' }, 'body'],
  ['half a character', { body: 'a\uD800' }, 'body'],
  ['a client id that is none', { body: 'x', clientId: 'mine' }, 'clientId'],
  ['an attachment that is not there', { attachmentId: crypto.randomUUID() }, 'attachmentId'],
  ['a field that nobody knows', { body: 'x', to: 'you' }, 'to'],
])('refused: %s', async (what, more, path) => {
  const trip = await publishTrip()
  const asker = await signIn()
  const conversationId = await chatOf(trip, asker, trip.driver)
  const reply = await post(asker, { ...(what !== 'nothing at all' && { conversationId }), ...more })
  expect(reply.status).toBe(422)
  const { errors } = z.object({ errors: z.array(z.object({ path: z.string() })) }).parse(reply.body)
  expect(errors.map((error) => error.path)).toContain(path)
  expect((await readPage(asker, conversationId)).items).toEqual([])
})

test('what is written is stored as it is', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const texts = [
    '<script>alert(1)</script>',
    "'; drop table messages; --",
    '  spaced  \r\n out ',
    '‮backwards',
    '👩‍👩‍👧 नमस्ते ನಮಸ್ಕಾರ',
    '%s ${x} {{y}} \\u0000',
    'x'.repeat(2000),
  ]
  for (const text of texts) await say(asker, id, text)
  expect((await readPage(trip.driver, id)).items.map(({ body }) => body)).toEqual(texts.toReversed())
})
