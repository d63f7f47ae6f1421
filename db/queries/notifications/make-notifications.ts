import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { type Channel, channels, type Use } from '#packages/notifications/kinds.ts'
import type { News } from '#packages/notifications/news.ts'

/** News of an event on its way into the database. */
export interface NewNotification extends News {
  id: string
  eventId: string
  use: Partial<Record<Channel, Use>>
  /** Only who asked for offers gets it. */
  isOffer: boolean
  /** How long a push waits whether it is needed. */
  graceSeconds: number
}

/** Whether the reader gets it this way: nobody was asked, or they want it so. The list in the app is no interruption. */
function isWanted(channel: Channel): SQL {
  const use = sql.raw(`told.${channel}`)
  const own = sql`(select wanted from notification_preferences chosen
    where chosen.user_id = told."userId" and chosen.kind = told.kind and chosen.channel = ${channel})`
  const atAll =
    channel === 'hub' ? sql`true` : sql`coalesce((reader.notification_choices ->> ${channel})::boolean, true)`
  return sql`case ${use} when 'always' then true when 'on' then ${atAll} and coalesce(${own}, true)
    when 'off' then ${atAll} and coalesce(${own}, false) else false end`
}

/**
 * Writes notifications and how each is delivered, in one statement: made twice for the same event they are there once. What the
 * reader does not want in the app is kept out of their list and only carries its deliveries.
 */
export async function makeNotifications(db: Db, made: readonly NewNotification[], now: Date): Promise<void> {
  if (made.length === 0) return
  const rows = made.map(({ use, lateAt, ...rest }) => ({
    ...rest,
    ...Object.fromEntries(channels.map((channel) => [channel, use[channel] ?? null])),
    lateAt: new Date(lateAt).toISOString(),
  }))
  await db.execute(sql`with told as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as told(id uuid, "userId" uuid, "eventId" uuid,
        kind text, data jsonb, hub text, push text, sms text, "isOffer" boolean, "graceSeconds" int, "lateAt" timestamptz)
    ), wish as (
      select told.*, ${isWanted('hub')} as by_hub, ${isWanted('push')} as by_push, ${isWanted('sms')} as by_sms
      from told join users reader on reader.id = told."userId" and reader.deleted_at is null and reader.banned_at is null
      where not told."isOffer" or coalesce((reader.notification_choices ->> 'offers')::boolean, false)
    ), note as (
      insert into notifications (id, user_id, event_id, kind, data, created_at, deleted_at)
      select id, "userId", "eventId", kind, data, ${now}::timestamptz, case when by_hub then null else ${now}::timestamptz end
      from wish where by_hub or by_push or by_sms
      order by "userId", "eventId", kind
      on conflict (user_id, event_id, kind) do nothing
      returning id
    ), way as (
      select wish.*, 'hub' as channel, "userId" as target, ${now}::timestamptz as due from wish where by_hub
      union all
      select wish.*, 'push', device.id, ${now}::timestamptz + interval '1 second' * "graceSeconds"
      from wish join devices device on device.user_id = "userId"
      join sessions session on session.id = device.session_id and session.revoked_at is null
        and session.expires_at > ${now}
      where by_push
      union all
      select wish.*, 'sms', "userId", ${now}::timestamptz from wish where by_sms
    )
    insert into deliveries (notification_id, channel, target, state, next_at, late_at)
    select way.id, channel, target, 'due', due, "lateAt" from way join note on note.id = way.id`)
}
