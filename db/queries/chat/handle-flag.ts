import { sql } from 'drizzle-orm'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { FlaggedRow, flaggedView } from './list-flagged.ts'

export interface FlagVerdict {
  messageId: string
  actorId: string
  /** What was done about it, for the audit trail. */
  note: string
}

/**
 * Notes that somebody of the staff dealt with the flag of a message. Who did it first stays; to do it again changes nothing.
 * Undefined: there is no such message, it has no flag, is deleted, or is the actor's own.
 */
export function handleFlag(
  db: Db,
  { messageId, actorId, note }: FlagVerdict,
  now: Date,
): Promise<FlaggedRow | undefined> {
  const details = sql`jsonb_build_object('flag', flag, 'note', ${note}::text)`
  const entry = { actorId, action: 'message.handle', subject: sql`id`, details }
  return readRowLocked(
    db,
    sql`select 1 from messages where id = ${messageId} for no key update`,
    sql`with flagged as (
        select * from messages where id = ${messageId} and flag is not null and deleted_at is null
          and sender_id <> ${actorId}
      ), handled as (
        update messages set flag_handled_at = ${now}, flag_handled_by = ${actorId} from flagged
        where messages.id = flagged.id and messages.flag_handled_at is null
        returning messages.*
      ), audited as (${recordAudit('handled', entry, now)}), message as (
        select * from handled union all select * from flagged where flag_handled_at is not null
      ) ${flaggedView}`,
    FlaggedRow,
  )
}

/** The message with its flag. */
export function loadFlagged(db: Db, messageId: string): Promise<FlaggedRow | undefined> {
  return readRow(
    db,
    sql`with message as (
        select * from messages where id = ${messageId} and flag is not null and deleted_at is null
      ) ${flaggedView}`,
    FlaggedRow,
  )
}
