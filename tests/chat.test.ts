import { expect, test } from 'vitest'
import { call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { actOn, book } from './client/bookings.ts'
import {
  Conversation,
  chatOf,
  conversationsOf,
  history,
  Message,
  mark,
  openChat,
  post,
  readPage,
  remove,
  say,
  unread,
} from './client/chat.ts'
import { signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

test('who asks before booking is answered, and both see the same', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const opened = await openChat(trip, asker, trip.driver)
  const conversation = expectBody(opened, 201, Conversation)
  expect(conversation).toMatchObject({
    kind: 'direct',
    ride: { id: trip.rideId, status: 'scheduled', departsAt: trip.departsAt },
    unread: 0,
    lastSeq: 0,
    lastMessage: null,
  })
  expect(conversation.members.map(({ id, role }) => [id, role])).toEqual(
    expect.arrayContaining([
      [asker.id, 'passenger'],
      [trip.driver.id, 'driver'],
    ]),
  )
  expect(await openChat(trip, asker, trip.driver)).toMatchObject({ status: 200, body: { id: conversation.id } })
  expect(await openChat(trip, trip.driver, asker)).toMatchObject({ status: 200, body: { id: conversation.id } })

  const question = await say(asker, conversation.id, 'Is there room for a guitar?')
  const answer = await say(trip.driver, conversation.id, 'Yes.\n\tA small one.')
  expect(question).toMatchObject({ seq: 1, senderId: asker.id, flag: null, attachment: null })
  expect(answer).toMatchObject({ seq: 2, senderId: trip.driver.id, body: 'Yes.\n\tA small one.' })
  for (const person of [asker, trip.driver]) {
    expect((await readPage(person, conversation.id)).items).toEqual([answer, question])
    expect((await conversationsOf(person)).items).toMatchObject([
      { id: conversation.id, unread: 1, lastSeq: 2, lastMessage: answer },
    ])
    const one = await call('GET', `/api/v1/chat/conversations/${conversation.id}`, { token: person.token })
    expect(one).toMatchObject({ status: 200, body: { lastMessage: answer } })
  }
})

test('a ride and a person are enough to write, as a clientId is to write once', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const to = { rideId: trip.rideId, receiverId: trip.driver.id }
  const first = expectBody(await post(asker, { ...to, body: 'Hi' }), 201, Message)
  const { conversationId } = first
  const clientId = crypto.randomUUID()
  const sent = expectBody(await post(asker, { ...to, body: 'Two', clientId }), 201, Message)
  expect(sent).toMatchObject({ conversationId, seq: 2, clientId })
  expect(await post(asker, { conversationId, body: 'Two', clientId })).toMatchObject({
    status: 200,
    body: sent,
  })
  expect(await post(asker, { conversationId, body: 'Three', clientId })).toMatchObject(
    fieldRefusal('clientId', 'client_id_used'),
  )
  const headers = { 'idempotency-key': crypto.randomUUID() }
  const keyed = await post(asker, { conversationId, body: 'Four' }, headers)
  expect((await post(asker, { conversationId, body: 'Four' }, headers)).body).toEqual(keyed.body)
  expect((await readPage(asker, conversationId)).items.map(({ body }) => body)).toEqual(['Four', 'Two', 'Hi'])
})

test('marks go forward only, what is read has arrived, and unread is what others wrote after it', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const sent = []
  for (const text of ['one', 'two', 'three']) sent.push(await say(asker, id, text))
  await say(trip.driver, id, 'mine')
  const [first, second, third] = sent.map((message) => message.id)
  const marks = async () => {
    const { members } = expectBody(
      await call('GET', `/api/v1/chat/conversations/${id}`, { token: asker.token }),
      200,
      Conversation,
    )
    const driver = members.find((member) => member.id === trip.driver.id)
    return [driver?.deliveredSeq, driver?.readSeq]
  }
  expect(await marks()).toEqual([0, 0])
  expect(await unread(trip.driver)).toEqual({ total: 3, conversations: [{ conversationId: id, unread: 3 }] })
  expect((await mark(trip.driver, first ?? '', 'delivered')).body).toEqual({
    ...{ conversationId: id, deliveredSeq: 1, readSeq: 0, unread: 3 },
  })
  expect((await mark(trip.driver, second ?? '', 'read')).body).toMatchObject({
    deliveredSeq: 2,
    readSeq: 2,
    unread: 1,
  })
  expect((await mark(trip.driver, first ?? '', 'read')).body).toMatchObject({ readSeq: 2, unread: 1 })
  expect(await marks()).toEqual([2, 2])
  await readPage(trip.driver, id, '?limit=1')
  expect(await marks()).toEqual([4, 2])
  expect((await mark(trip.driver, third ?? '', 'read')).body).toMatchObject({ readSeq: 3, unread: 0 })
  expect(await unread(trip.driver)).toEqual({ total: 0, conversations: [] })
  expect((await unread(asker)).total).toBe(1)
})

test('the history comes page by page, also while more is written', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  for (let n = 1; n <= 7; n++) await say(asker, id, `${n}`)
  const first = await readPage(trip.driver, id, '?limit=3')
  await say(asker, id, '8')
  const second = await readPage(trip.driver, id, `?limit=3&cursor=${first.nextCursor}`)
  const third = await readPage(trip.driver, id, `?limit=3&cursor=${second.nextCursor}`)
  expect([first, second, third].map(({ items }) => items.map(({ seq }) => seq))).toEqual([
    [7, 6, 5],
    [4, 3, 2],
    [1],
  ])
  expect(third.nextCursor).toBeNull()
  expect(await history(trip.driver, id, '?cursor=nonsense')).toMatchObject(refusal(422, 'invalid_cursor'))
})

test('conversations are listed by their newest message, page by page', async () => {
  const asker = await signIn()
  const ids: string[] = []
  for (let n = 0; n < 3; n++) {
    const trip = await publishTrip()
    const { conversationId } = await say(asker, await chatOf(trip, asker, trip.driver))
    ids.unshift(conversationId)
  }
  const [newest = '', middle = '', oldest = ''] = ids
  await say(asker, oldest)
  const first = await conversationsOf(asker, '?limit=2')
  const second = await conversationsOf(asker, `?limit=2&cursor=${first.nextCursor}`)
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([oldest, newest, middle])
  expect(second.nextCursor).toBeNull()
  const path = `/api/v1/chat/conversations/user/${asker.id}?cursor=`
  for (const cursor of ['nonsense', btoa('1e9 x'), btoa(`9 ${asker.id} `)])
    expect(await call('GET', path + cursor.replaceAll('=', ''), { token: asker.token })).toMatchObject(
      refusal(422, 'invalid_cursor'),
    )
})

test('a deleted message keeps its place and says nothing', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const message = await say(asker, id, 'I take that back')
  expect(await remove(trip.driver, message.id)).toMatchObject(refusal(404, 'not_found'))
  expect((await remove(asker, message.id)).status).toBe(204)
  expect((await remove(asker, message.id)).status).toBe(204)
  expect((await readPage(trip.driver, id)).items).toMatchObject([
    { id: message.id, seq: 1, body: null, attachment: null, deletedAt: expect.any(String) },
  ])
  expect((await unread(trip.driver)).total).toBe(0)
  // Sent again by a phone that has not heard, it stays deleted.
  const { clientId } = message
  expect(await post(asker, { conversationId: id, body: 'I take that back', clientId })).toMatchObject({
    status: 200,
    body: { body: null },
  })
})

test('the group of a ride is for its driver and who rides along, from then on', async () => {
  const trip = await publishTrip({ bookingMode: 'approval' })
  const [early, late, asker] = [await signIn(), await signIn(), await signIn()]
  const [mine, theirs] = [await book(trip, early), await book(trip, late)]
  await actOn(mine, trip.driver, 'accept')
  expect(await openChat(trip, late)).toMatchObject(refusal(403, 'not_on_ride'))
  expect(await openChat(trip, asker)).toMatchObject(refusal(403, 'not_on_ride'))
  const group = expectBody(await openChat(trip, early), 201, Conversation)
  expect(group.members.map(({ id }) => id).toSorted()).toEqual([early.id, trip.driver.id].toSorted())
  await say(trip.driver, group.id, 'before')
  await actOn(theirs, trip.driver, 'accept')
  expect((await conversationsOf(late)).items).toMatchObject([{ id: group.id, unread: 0, lastMessage: null }])
  expectBody(await post(early, { rideId: trip.rideId, body: 'after' }), 201, Message)
  expect((await readPage(late, group.id)).items).toMatchObject([{ seq: 2, body: 'after' }])
  expect((await unread(late)).total).toBe(1)
  await actOn(theirs, late, 'cancel')
  expect(await history(late, group.id)).toMatchObject(refusal(404, 'not_found'))
  expect(await post(late, { conversationId: group.id, body: 'still here' })).toMatchObject(
    refusal(404, 'not_found'),
  )
  expect((await conversationsOf(late)).items).toEqual([])
  expect((await unread(late)).total).toBe(0)
})
