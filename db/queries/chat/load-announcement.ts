import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '#db/client.ts'
import { idList } from '#db/lists.ts'
import { MessageRow, messageView } from './message-view.ts'

const AudienceRow = z.object({
  conversationId: z.string(),
  userId: z.string(),
  joinedSeq: z.coerce.number(),
  deliveredSeq: z.coerce.number(),
  readSeq: z.coerce.number(),
})
export type AudienceRow = z.infer<typeof AudienceRow>

/** What there is to tell of: these messages, and who takes part in these conversations with how far they have come, in one round trip. */
export async function loadAnnouncement(
  db: Db,
  { messageIds, conversationIds }: { messageIds: readonly string[]; conversationIds: readonly string[] },
): Promise<{ messages: MessageRow[]; audience: AudienceRow[] }> {
  const [messages, audience] = await db.batch([
    db.execute(sql`with message as (select * from messages where id in ${idList(messageIds)}) ${messageView}`),
    db.execute(sql`select member.conversation_id as "conversationId", member.user_id as "userId",
        member.joined_seq as "joinedSeq", member.delivered_seq as "deliveredSeq", member.read_seq as "readSeq"
      from conversation_members member
      join users person on person.id = member.user_id and person.deleted_at is null and person.banned_at is null
      where member.conversation_id in ${idList(conversationIds)} and member.left_at is null`),
  ])
  return {
    messages: messages.rows.map((row) => MessageRow.parse(row)),
    audience: audience.rows.map((row) => AudienceRow.parse(row)),
  }
}
