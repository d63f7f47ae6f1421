import { operation } from '../http/operation.ts'
import { created, ok } from '../http/reply.ts'
import { Conversation, NewConversation } from './contract.ts'
import { openFor, openingRefusals } from './open.ts'
import { presentConversation } from './present.ts'

export const openConversation = operation(
  {
    id: 'openConversation',
    method: 'post',
    path: '/chat/conversations',
    tag: 'Chat',
    summary: 'My conversation with somebody about a ride, or the group of a ride; begun where there is none',
    access: 'user',
    limit: 'write',
    idempotent: true,
    body: NewConversation,
    replies: { 200: Conversation, 201: Conversation },
    errors: [...openingRefusals, 'concurrent_change'],
  },
  async (ctx, { body }) => {
    const { conversation, isNew } = await openFor(ctx, body)
    const shown = await presentConversation(ctx, conversation)
    return isNew ? created(shown) : ok(shown)
  },
)
