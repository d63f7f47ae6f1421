import { inspectSending } from '#db/queries/chat/inspect-writing.ts'
import type { MessageRow } from '#db/queries/chat/message-view.ts'
import { type NewMessage as MessageToSend, sendMessage as write } from '#db/queries/chat/send-message.ts'
import { flagMessage } from '#packages/chat/flag-message.ts'
import { closesAt, refuseToWrite } from '#packages/chat/may-write.ts'
import { fieldProblem, Problem } from '#packages/errors/problem.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created, ok } from '../http/reply.ts'
import { Message, NewMessage } from './contract.ts'
import { openFor, openingRefusals } from './open.ts'
import { presentMine } from './present.ts'

export const sendMessage = operation(
  {
    id: 'sendMessage',
    method: 'post',
    path: '/chat/messages',
    tag: 'Chat',
    summary: 'Send a message; with the clientId of one that was sent before, that one is the answer',
    access: 'user',
    limit: 'message',
    idempotent: true,
    announces: true,
    body: NewMessage,
    replies: { 200: Message, 201: Message },
    errors: [...openingRefusals, 'client_id_used', 'file_not_usable', 'concurrent_change'],
  },
  async (ctx, { body }) => {
    const { rideId, receiverId } = body
    const opened = rideId === undefined ? undefined : await openFor(ctx, { rideId, receiverId })
    const message = {
      id: uuidv7(ctx.now),
      conversationId: opened?.conversation.id ?? body.conversationId ?? '',
      senderId: ctx.actor.userId,
      clientId: body.clientId ?? uuidv7(ctx.now),
      body: body.body ?? null,
      fileId: body.attachmentId ?? null,
      flag: body.body === undefined ? null : flagMessage(body.body),
    }
    const stored = await write(ctx.db, message, new Date(ctx.now))
    if (!stored) throw await whyNotSent(ctx, message)
    if (!isSame(stored, message))
      throw fieldProblem('client_id_used', 'clientId', 'It belongs to a message with another content')
    const shown = await presentMine(ctx, stored)
    return stored.id === message.id ? created(shown) : ok(shown)
  },
)

/** Whether this is what was sent under the client id before; of a deleted message nothing is left to tell. */
function isSame(stored: MessageRow, sent: MessageToSend): boolean {
  if (stored.deletedAt) return true
  return stored.body === sent.body && (stored.file?.id ?? null) === sent.fileId
}

async function whyNotSent(ctx: Ctx, message: MessageToSend): Promise<Problem> {
  const facts = await inspectSending(ctx.db, message)
  if (!facts) return new Problem('not_found')
  if (!facts.attachable)
    return fieldProblem('file_not_usable', 'attachmentId', 'No attachment of yours that could be sent')
  if (facts.direct) return new Problem(refuseToWrite(facts.direct, ctx.now) ?? 'concurrent_change')
  return new Problem(ctx.now >= closesAt(facts.ride) ? 'chat_closed' : 'concurrent_change')
}
