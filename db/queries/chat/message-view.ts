import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { variantsOfFile } from '#db/queries/files/file-view.ts'
import { messageFlags } from '#packages/chat/message-flags.ts'

/** A message as it is shown; a deleted one has neither body nor file. */
export const MessageRow = z.object({
  id: z.string(),
  conversationId: z.string(),
  seq: z.coerce.number(),
  rideId: z.string(),
  senderId: z.string(),
  clientId: z.string(),
  body: z.string().nullable(),
  flag: z.enum(messageFlags).nullable(),
  createdAt: z.coerce.date(),
  deletedAt: z.coerce.date().nullable(),
  file: z
    .object({
      id: z.string(),
      variants: z.array(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number() })),
    })
    .nullable(),
})
export type MessageRow = z.infer<typeof MessageRow>

/** Reads MessageRows from a relation called `message` that has the columns of `messages`. */
export const messageView = sql`select message.id, message.conversation_id as "conversationId", message.seq,
    (select ride_id from conversations where conversations.id = message.conversation_id) as "rideId",
    message.sender_id as "senderId", message.client_id as "clientId", message.body, message.flag,
    message.created_at as "createdAt", message.deleted_at as "deletedAt",
    (select jsonb_build_object('id', file.id, 'variants', ${sql.raw(variantsOfFile)}) from files file
      where file.id = message.file_id and file.state = 'ready') as file
  from message`
