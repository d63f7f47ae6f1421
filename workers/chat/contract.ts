import { z } from '@hono/zod-openapi'
import { CONVERSATION_KINDS } from '#db/schema/index.ts'
import { bookingSides } from '#packages/booking/sides.ts'
import { MAX_MESSAGE_LENGTH } from '#packages/chat/limits.ts'
import { messageFlags } from '#packages/chat/message-flags.ts'
import { ChatMessage } from '#packages/protocol/user-event.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { Id, Instant } from '../http/shapes.ts'

export const Message = z.object(ChatMessage.shape).openapi('ChatMessage')

/** How far a member has come: everything up to these numbers has arrived, was read. */
const marks = { deliveredSeq: z.int(), readSeq: z.int() }

export const Conversation = z
  .object({
    id: Id,
    kind: z.enum(CONVERSATION_KINDS),
    ride: z.object({ id: Id, status: z.enum(rideStates), departsAt: Instant }),
    members: z.array(z.object({ id: Id, name: z.string().nullable(), role: z.enum(bookingSides), ...marks })),
    unread: z.int(),
    lastSeq: z.int().openapi({ description: 'The number of the newest message; 0: none' }),
    lastMessage: Message.nullable(),
    closesAt: Instant.openapi({ description: 'From then on it can only be read' }),
    createdAt: Instant,
    activeAt: Instant.openapi({ description: 'When the newest message came, or it began' }),
  })
  .openapi('Conversation')

export const NewConversation = z
  .strictObject({
    rideId: Id,
    receiverId: Id.optional().openapi({ description: 'With whom; absent: the group of the ride' }),
  })
  .openapi('NewConversation')

const TEXT = '^[^\\p{Cs}\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f]*\\S'

/** As it was written, but not empty, and without control characters other than tabs and ends of lines. */
const Body = z
  .string()
  .max(MAX_MESSAGE_LENGTH)
  .refine((text) => text.trim() !== '', 'It is empty')
  .regex(/^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u, 'No control characters')
  .openapi({ pattern: TEXT })

export const NewMessage = z
  .strictObject({
    conversationId: Id.optional(),
    rideId: Id.optional().openapi({ description: 'Instead of a conversation, which is opened where needed' }),
    receiverId: Id.optional().openapi({ description: 'With `rideId`; absent: the group of the ride' }),
    body: Body.optional(),
    attachmentId: Id.optional().openapi({
      description: 'A file of POST /storage/upload/chat-attachment that is in no other message',
    }),
    clientId: Id.optional().openapi({
      description: "The sender's own id for it: sent twice, it is stored once. Made here where it is absent",
    }),
  })
  .refine(({ conversationId, rideId }) => (conversationId === undefined) !== (rideId === undefined), {
    path: ['conversationId'],
    error: 'Either a conversation or a ride',
  })
  .refine(({ receiverId, rideId }) => receiverId === undefined || rideId !== undefined, {
    path: ['receiverId'],
    error: 'Only with a ride',
  })
  .refine(({ body, attachmentId }) => body !== undefined || attachmentId !== undefined, {
    path: ['body'],
    error: 'A text or an attachment, or both',
  })
  .openapi('NewMessage')

export const Receipt = z
  .object({ conversationId: Id, ...marks, unread: z.int() })
  .openapi('Receipt', { description: 'How far the caller has come in a conversation' })

export const Unread = z
  .object({ total: z.int(), conversations: z.array(z.object({ conversationId: Id, unread: z.int() })) })
  .openapi('Unread')

export const FlaggedMessage = Message.extend({
  flag: z.enum(messageFlags),
  senderName: z.string().nullable(),
  handledAt: Instant.nullable().openapi({ description: 'When somebody of the staff dealt with it' }),
  handledBy: Id.nullable(),
}).openapi('FlaggedMessage')
