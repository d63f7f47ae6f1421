import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { CONVERSATION_KINDS } from '#db/schema/index.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { MessageRow, messageView } from './message-view.ts'
import { unreadOf } from './taking-part.ts'

const Member = z.object({
  id: z.string(),
  /** Null: the account is deleted, or has no name. */
  name: z.string().nullable(),
  deliveredSeq: z.number(),
  readSeq: z.number(),
})

/** A conversation as one of its members sees it. */
export const ConversationRow = z.object({
  id: z.string(),
  kind: z.enum(CONVERSATION_KINDS),
  rideId: z.string(),
  rideStatus: z.enum(rideStates),
  departsAt: z.coerce.date(),
  arrivesAt: z.coerce.date(),
  endedAt: z.coerce.date().nullable(),
  driverId: z.string(),
  members: z.array(Member),
  lastSeq: z.coerce.number(),
  unread: z.number(),
  lastMessage: MessageRow.nullable(),
  createdAt: z.coerce.date(),
  activeAt: z.coerce.date(),
})
export type ConversationRow = z.infer<typeof ConversationRow>

/** Reads ConversationRows from a relation called `part` that `takingPart` made for this person. */
export function conversationView(userId: string): SQL {
  return sql`select part.id, part.kind, part.ride_id as "rideId", part.ride_status as "rideStatus",
      part.departs_at as "departsAt", part.arrives_at as "arrivesAt", part.ended_at as "endedAt",
      part.driver_id as "driverId", part.last_seq as "lastSeq", part.created_at as "createdAt",
      part.active_at as "activeAt", ${unreadOf(userId)} as unread,
      (select coalesce(jsonb_agg(jsonb_build_object('id', person.id, 'name', person.name,
          'deliveredSeq', member.delivered_seq, 'readSeq', member.read_seq) order by member.joined_at, person.id), '[]')
        from conversation_members member join users person on person.id = member.user_id
        where member.conversation_id = part.id and member.left_at is null) as members,
      (select to_jsonb(shown) from (
        with message as (
          select * from messages where conversation_id = part.id and seq > part.joined_seq order by seq desc limit 1
        ) ${messageView}) shown) as "lastMessage"
    from part`
}
