import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, writeLocked } from '#db/client.ts'
import { type Channel, channels, type KindName, kindNames } from '#packages/notifications/kinds.ts'
import type { QuietHours } from '#packages/notifications/quiet-hours.ts'

const PreferencesRow = z.object({
  quietFrom: z.number().nullable(),
  quietTo: z.number().nullable(),
  choices: z.array(z.object({ kind: z.enum(kindNames), channel: z.enum(channels), wanted: z.boolean() })),
})
export type PreferencesRow = z.infer<typeof PreferencesRow>

export interface Choice {
  kind: KindName
  channel: Channel
  wanted: boolean
}

const view = (userId: string) => sql`select quiet_from as "quietFrom", quiet_to as "quietTo", coalesce((
    select jsonb_agg(jsonb_build_object('kind', kind, 'channel', channel, 'wanted', wanted))
    from notification_preferences where user_id = users.id), '[]') as choices
  from users where id = ${userId} and deleted_at is null`

/** What a person chose. Undefined: no such account. */
export function loadPreferences(db: Db, userId: string): Promise<PreferencesRow | undefined> {
  return readRow(db, view(userId), PreferencesRow)
}

/** Changes what is given; `null` ends the quiet hours. Undefined: no such account. */
export function savePreferences(
  db: Db,
  userId: string,
  { quietHours, choices }: { quietHours: QuietHours | null | undefined; choices: readonly Choice[] },
  now: Date,
): Promise<PreferencesRow | undefined> {
  const write = sql`with person as (
      update users set updated_at = ${now},
        quiet_from = case when ${quietHours !== undefined} then ${quietHours?.from ?? null}::smallint else quiet_from end,
        quiet_to = case when ${quietHours !== undefined} then ${quietHours?.to ?? null}::smallint else quiet_to end
      where id = ${userId} and deleted_at is null returning id
    ), chosen as (
      insert into notification_preferences (user_id, kind, channel, wanted)
      select person.id, choice.kind, choice.channel, choice.wanted
      from person, jsonb_to_recordset(${JSON.stringify(choices)}::jsonb) as choice(kind text, channel text, wanted boolean)
      on conflict (user_id, kind, channel) do update set wanted = excluded.wanted
    )
    select id from person`
  const lock = sql`select id from users where id = ${userId} for no key update`
  return writeLocked(db, { before: [lock], write, view: view(userId) }, PreferencesRow)
}
