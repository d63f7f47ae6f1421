import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { NO_SUBJECT, recordAudit } from '#db/queries/audit/record-audit.ts'
import { type MessageFlag, messageFlags } from '#packages/chat/message-flags.ts'
import { MessageRow, messageView } from './message-view.ts'

export const FlaggedRow = MessageRow.extend({
  flag: z.enum(messageFlags),
  senderName: z.string().nullable(),
  /** When somebody of the staff dealt with the flag, and who. */
  handledAt: z.coerce.date().nullable(),
  handledBy: z.string().nullable(),
})
export type FlaggedRow = z.infer<typeof FlaggedRow>

/** Reads FlaggedRows, newest first, from a relation called `message` that has the columns of `messages`. */
export const flaggedView: SQL = sql`select shown.*, (select name from users where id = shown."senderId") as "senderName",
    message.flag_handled_at as "handledAt", message.flag_handled_by as "handledBy"
  from (${messageView}) shown join message on message.id = shown.id
  order by shown."createdAt" desc, shown.id desc`

export interface FlaggedPage {
  flag?: MessageFlag | undefined
  /** Only of this person. */
  senderId?: string | undefined
  /** Those that were dealt with, instead of those that were not. */
  handled: boolean
  /** Older than this message. */
  before?: string | undefined
  limit: number
  /** Who looks; it is on record, for these are letters of others. */
  actorId: string
}

/** The messages that a flag is on, newest first, without what was deleted since. */
export function listFlagged(db: Db, page: FlaggedPage, now: Date): Promise<FlaggedRow[]> {
  const { flag, senderId, handled, before, limit, actorId } = page
  const ofKind = flag ? sql`flag = ${flag}` : sql`flag is not null`
  const standing = handled ? sql`flag_handled_at is not null` : sql`flag_handled_at is null`
  const of = senderId ? sql`and sender_id = ${senderId}` : sql``
  const older = before
    ? sql`and (created_at, id) < (select created_at, id from messages where id = ${before})`
    : sql``
  const subject = senderId ? sql`${senderId}::uuid` : sql`${NO_SUBJECT}::uuid`
  return readRows(
    db,
    sql`with message as (
        select * from messages where ${ofKind} and ${standing} and deleted_at is null ${of} ${older}
        order by created_at desc, id desc limit ${limit}
      ), asked as (select 1), audited as (${recordAudit('asked', { actorId, action: 'message.review', subject }, now)})
      ${flaggedView}`,
    FlaggedRow,
  )
}
