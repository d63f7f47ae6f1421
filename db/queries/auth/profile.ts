import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { PersonRow, personColumns } from './person.ts'

export interface ProfileChange {
  name?: string | undefined
  email?: string | null | undefined
  language?: string | undefined
}

/** The profile of a user who is not deleted. */
export function loadProfile(db: Db, userId: string): Promise<PersonRow | undefined> {
  return readRow(
    db,
    sql`select ${sql.raw(personColumns)} from users person where id = ${userId} and deleted_at is null`,
    PersonRow,
  )
}

/** Changes the fields that are given; `null` clears one. Violates `users_email_key` when the address is taken. */
export function saveProfile(
  db: Db,
  userId: string,
  change: ProfileChange,
  now: Date,
): Promise<PersonRow | undefined> {
  return readRow(
    db,
    sql`update users person set
        name = coalesce(${change.name ?? null}::text, name),
        email = case when ${change.email !== undefined} then ${change.email ?? null}::text else email end,
        language = coalesce(${change.language ?? null}::text, language),
        updated_at = ${now}
      where id = ${userId} and deleted_at is null
      returning ${sql.raw(personColumns)}`,
    PersonRow,
  )
}
