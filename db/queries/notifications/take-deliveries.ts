import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { channels } from '#packages/notifications/kinds.ts'
import { NotificationRow, notificationColumns, notificationJoins } from './notification-view.ts'

/** As many as a Worker can send in one turn. */
export const BATCH_SIZE = 50
/** Who took a delivery and says nothing for so long has died: it may be tried again. Longer than any try takes. */
const LEASE_SECONDS = 60

const DeliveryRow = NotificationRow.extend({
  channel: z.enum(channels),
  target: z.string(),
  /** Tries so far, this one included. It also names this taking. */
  attempts: z.number(),
  lateAt: z.coerce.date(),
  quietFrom: z.number().nullable(),
  quietTo: z.number().nullable(),
  phone: z.string().nullable(),
  /** Null: that device gets nothing any more. */
  pushToken: z.string().nullable(),
  /** The person knows it already, or something newer takes its place. */
  settled: z.boolean(),
})
export type DeliveryRow = z.infer<typeof DeliveryRow>

/**
 * Takes deliveries that are due, those that wait longest first. Two drains at once take different ones; what is not settled comes
 * back after its lease.
 */
export function takeDeliveries(db: Db, now: Date): Promise<DeliveryRow[]> {
  return readRows(
    db,
    sql`with due as (
        select notification_id, channel, target from deliveries where state = 'due' and next_at <= ${now}
        order by next_at limit ${BATCH_SIZE} for update skip locked
      ), taken as (
        update deliveries set attempts = deliveries.attempts + 1,
          next_at = ${now}::timestamptz + interval '1 second' * ${LEASE_SECONDS}
        from due where deliveries.notification_id = due.notification_id and deliveries.channel = due.channel
          and deliveries.target = due.target
        returning deliveries.*
      )
      select ${notificationColumns}, taken.channel, taken.target, taken.attempts, taken.late_at as "lateAt",
        reader.quiet_from as "quietFrom", reader.quiet_to as "quietTo",
        case when reader.deleted_at is null and reader.banned_at is null then reader.phone end as phone,
        case when session.id is not null then device.push_token end as "pushToken",
        (note.read_at is not null or (note.deleted_at is not null and taken.channel = 'hub')
          or (taken.channel = 'push' and exists (
            select 1 from notifications newer join deliveries other on other.notification_id = newer.id
            where newer.user_id = note.user_id and newer.data ->> 'thread' = note.data ->> 'thread'
              and (newer.created_at, newer.id) > (note.created_at, note.id)
              and other.channel = 'push' and other.target = taken.target))
          or (note.kind = 'chat_message' and not exists (
            select 1 from conversation_members member join messages message on message.id = (note.data ->> 'messageId')::uuid
            where member.conversation_id = message.conversation_id and member.user_id = note.user_id
              and member.left_at is null and member.delivered_seq < message.seq and message.deleted_at is null))
        ) as settled
      from taken join notifications note on note.id = taken.notification_id ${notificationJoins}
      left join devices device on taken.channel = 'push' and device.id = taken.target and device.user_id = note.user_id
      left join sessions session on session.id = device.session_id and session.revoked_at is null
        and session.expires_at > ${now}
      order by note.created_at, note.id`,
    DeliveryRow,
  )
}
