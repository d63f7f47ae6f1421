import { expect, test } from 'vitest'
import { expectBody } from './client/api.ts'
import { book } from './client/bookings.ts'
import {
  chatOf,
  conversationsOf,
  insist,
  Message,
  mark,
  openChat,
  patiently,
  post,
  readPage,
  remove,
  say,
  unread,
} from './client/chat.ts'
import { signIn, signInMany } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, n) => count - n)

test('many who write at once: one order for all, without gaps', async () => {
  const trip = await publishTrip({ seats: 3 })
  const people = await signInMany(3)
  for (const person of people) await book(trip, person)
  const id = await chatOf(trip, trip.driver)
  const writers = [trip.driver, ...people]
  await Promise.all(
    writers.flatMap((person, n) => Array.from({ length: 10 }, (_, k) => insist(person, id, `${n}.${k}`))),
  )
  const pages = await Promise.all(writers.map((person) => readPage(person, id, '?limit=100')))
  expect(pages[0]?.items.map(({ seq }) => seq)).toEqual(numbers(40))
  expect(new Set(pages[0]?.items.map(({ body }) => body)).size).toBe(40)
  for (const page of pages) expect(page).toEqual(pages[0])
})

test('fifty messages at once while another reads: unread is right in the end', async () => {
  const trip = await publishTrip()
  const riders = await signInMany(2)
  for (const person of riders) await book(trip, person)
  const id = await chatOf(trip, trip.driver)
  let read = 0
  const reading = async () => {
    while (read < 30) {
      const { items } = await readPage(trip.driver, id)
      const message = items[Math.floor(Math.random() * items.length)]
      if (!message) continue
      const reply = await patiently(() => mark(trip.driver, message.id, 'read'))
      expect(reply.status).toBe(200)
      read = Math.max(read, message.seq)
    }
  }
  const writing = riders.flatMap((person, n) =>
    Array.from({ length: 25 }, (_, k) => insist(person, id, `${n}.${k}`)),
  )
  await Promise.all([...writing, reading(), reading()])
  const { items } = await readPage(trip.driver, id, '?limit=100')
  expect(items.map(({ seq }) => seq)).toEqual(numbers(50))
  const own = (await conversationsOf(trip.driver)).items[0]
  expect(own?.members.find((member) => member.id === trip.driver.id)?.readSeq).toBe(read)
  expect(own?.unread).toBe(50 - read)
  expect((await unread(trip.driver)).total).toBe(50 - read)
  const counts = await Promise.all(riders.map((person) => unread(person)))
  expect(counts.map(({ total }) => total)).toEqual([25, 25])
})

test('marks that cross: the farthest counts', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const sent = []
  for (let n = 0; n < 8; n++) sent.push(await say(asker, id))
  await Promise.all(
    sent.flatMap((message) => [
      mark(trip.driver, message.id, 'read'),
      mark(trip.driver, message.id, 'delivered'),
    ]),
  )
  expect((await unread(trip.driver)).total).toBe(0)
})

test('one clientId many times at once is one message', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const conversationId = await chatOf(trip, asker, trip.driver)
  const message = { conversationId, clientId: crypto.randomUUID() }
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, n) => post(asker, { ...message, body: n < 10 ? 'same' : 'other' })),
  )
  const statuses = replies.map(({ status }) => status)
  expect(statuses.filter((status) => status === 201)).toHaveLength(1)
  const { items } = await readPage(asker, conversationId)
  expect(items).toHaveLength(1)
  // Whichever came first stands, and the others are told so.
  const won = items[0]?.body === 'same' ? 10 : 2
  expect(statuses.filter((status) => status < 400)).toHaveLength(won)
  expect(statuses.filter((status) => status === 422)).toHaveLength(12 - won)
  for (const reply of replies.filter(({ status }) => status < 400))
    expect(Message.parse(reply.body).id).toBe(items[0]?.id)
})

test('a conversation that both open at once is one', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  await book(trip, asker)
  const replies = await Promise.all([
    ...[1, 2, 3].map(() => openChat(trip, asker, trip.driver)),
    ...[1, 2, 3].map(() => openChat(trip, trip.driver, asker)),
  ])
  expect(replies.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 200, 200, 201])
  expect(new Set(replies.map(({ body }) => Object(body).id)).size).toBe(1)
  const groups = await Promise.all(
    [asker, trip.driver, asker, trip.driver].map((person) => openChat(trip, person)),
  )
  expect(groups.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(new Set(groups.map(({ body }) => Object(body).id)).size).toBe(1)
})

test('a message that is deleted many times at once is gone once, and the numbers go on', async () => {
  const trip = await publishTrip()
  const asker = await signIn()
  const id = await chatOf(trip, asker, trip.driver)
  const message = await say(asker, id)
  const replies = await Promise.all([
    ...Array.from({ length: 4 }, () => remove(asker, message.id)),
    mark(trip.driver, message.id, 'read'),
    post(asker, { conversationId: id, body: 'next' }),
  ])
  expect(replies.map(({ status }) => status)).toEqual([204, 204, 204, 204, 200, 201])
  expect(expectBody(replies[5] ?? { status: 0, headers: new Headers(), body: null }, 201, Message).seq).toBe(2)
})
