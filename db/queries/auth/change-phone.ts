import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import { PersonRow, personColumns } from './person.ts'

/**
 * Gives an account another phone. Undefined: the account is gone or banned, or its phone is not `from` any more.
 * Violates `users_phone_key` when another account has it.
 */
export function changePhone(
  db: Db,
  change: { userId: string; from: string; to: string; now: Date },
): Promise<PersonRow | undefined> {
  return readRow(
    db,
    sql`with person as (
        update users set phone = ${change.to}, updated_at = ${change.now}
        where id = ${change.userId} and phone = ${change.from} and banned_at is null and deleted_at is null
        returning *
      )
      select ${sql.raw(personColumns)} from person`,
    PersonRow,
  )
}
