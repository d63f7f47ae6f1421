import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { PersonRow, personColumns } from './person.ts'

export interface SignIn {
  phone: string
  /** Used only when the phone is new. */
  newUserId: string
  sessionId: string
  deviceName: string | null
  refreshHash: string
  now: Date
  expiresAt: Date
}

/** Finds or makes the account of a phone and opens a session on it. Undefined: the account is banned. */
export function signIn(db: Db, entry: SignIn): Promise<PersonRow | undefined> {
  const { now } = entry
  return readRow(
    db,
    sql`with person as (
        insert into users (id, phone, created_at, updated_at)
        values (${entry.newUserId}, ${entry.phone}, ${now}, ${now})
        on conflict (phone) do update set phone = excluded.phone
        returning *
      ), session as (
        insert into sessions (id, user_id, device_name, created_at, last_used_at, expires_at)
        select ${entry.sessionId}::uuid, id, ${entry.deviceName}::text, ${now}::timestamptz, ${now}::timestamptz,
          ${entry.expiresAt}::timestamptz
        from person where banned_at is null
        returning id
      ), token as (
        insert into refresh_tokens (hash, session_id, issued_at)
        select ${entry.refreshHash}, id, ${now}::timestamptz from session
      )
      select ${sql.raw(personColumns)} from person, session`,
    PersonRow,
  )
}
