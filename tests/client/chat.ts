import { z } from 'zod'
import { type ApiReply, call, expectBody } from './api.ts'
import type { Person } from './people.ts'
import type { Trip } from './trips.ts'

export const Message = z.looseObject({
  id: z.string(),
  conversationId: z.string(),
  seq: z.number(),
  senderId: z.string(),
  clientId: z.string(),
  body: z.string().nullable(),
  flag: z.string().nullable(),
  attachment: z.object({ url: z.string(), mediaType: z.string(), bytes: z.number() }).nullable(),
  deletedAt: z.string().nullable(),
})
export type Message = z.infer<typeof Message>

export const Conversation = z.looseObject({
  id: z.string(),
  kind: z.string(),
  members: z.array(
    z.object({ id: z.string(), role: z.string(), deliveredSeq: z.number(), readSeq: z.number() }),
  ),
  unread: z.number(),
  lastSeq: z.number(),
  lastMessage: Message.nullable(),
})
export type Conversation = z.infer<typeof Conversation>

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** Asks for the conversation with somebody about a trip, or for its group. */
export function openChat(trip: Trip, person: Person, receiver?: Person): Promise<ApiReply> {
  const body = { rideId: trip.rideId, ...(receiver && { receiverId: receiver.id }) }
  return call('POST', '/api/v1/chat/conversations', { token: person.token, body })
}

/** The id of a conversation that must open. */
export async function chatOf(trip: Trip, person: Person, receiver?: Person): Promise<string> {
  const reply = await openChat(trip, person, receiver)
  return expectBody({ ...reply, status: reply.status === 200 ? 201 : reply.status }, 201, Conversation).id
}

export function post(person: Person, body: object, headers: Record<string, string> = {}): Promise<ApiReply> {
  return call('POST', '/api/v1/chat/messages', { token: person.token, body, headers })
}

/** Sends a text that must be taken. */
export async function say(person: Person, conversationId: string, body = 'Hello'): Promise<Message> {
  return expectBody(await post(person, { conversationId, body }), 201, Message)
}

const MAX_TRIES = 10

/** Asks again while the system is too busy to answer, as an app does. */
export async function patiently(ask: () => Promise<ApiReply>, tries = MAX_TRIES): Promise<ApiReply> {
  const reply = await ask()
  return reply.status === 503 && tries > 1 ? patiently(ask, tries - 1) : reply
}

/** Sends a text as an app does in a storm: again under the same clientId, until there is an answer. */
export async function insist(person: Person, conversationId: string, body: string): Promise<Message> {
  const clientId = crypto.randomUUID()
  const reply = await patiently(() => post(person, { conversationId, body, clientId }))
  return expectBody(reply, reply.status === 200 ? 200 : 201, Message)
}

export function history(person: Person, conversationId: string, query = ''): Promise<ApiReply> {
  return call('GET', `/api/v1/chat/messages/${conversationId}${query}`, { token: person.token })
}

/** A page of what was said, newest first. */
export async function readPage(person: Person, conversationId: string, query = '') {
  return expectBody(await patiently(() => history(person, conversationId, query)), 200, pageOf(Message))
}

export function mark(person: Person, messageId: string, as: 'read' | 'delivered'): Promise<ApiReply> {
  return call('PUT', `/api/v1/chat/messages/${messageId}/${as}`, { token: person.token })
}

export function remove(person: Person, messageId: string): Promise<ApiReply> {
  return call('DELETE', `/api/v1/chat/messages/${messageId}`, { token: person.token })
}

const Unread = z.object({
  total: z.number(),
  conversations: z.array(z.object({ conversationId: z.string(), unread: z.number() })),
})

export async function unread(person: Person): Promise<z.infer<typeof Unread>> {
  return expectBody(await call('GET', `/api/v1/chat/unread/${person.id}`, { token: person.token }), 200, Unread)
}

/** A page of a person's conversations. */
export async function conversationsOf(person: Person, query = '') {
  const reply = await call('GET', `/api/v1/chat/conversations/user/${person.id}${query}`, {
    token: person.token,
  })
  return expectBody(reply, 200, pageOf(Conversation))
}
