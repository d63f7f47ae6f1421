import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { textList } from '#db/lists.ts'

/** Those who answer alerts. @param administrators phones that are administrators by configuration */
export async function loadOperators(db: Db, administrators: readonly string[]): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select id from users where deleted_at is null and banned_at is null and (
        exists (select 1 from staff_roles where user_id = users.id and role in ('operator', 'administrator'))
        or phone in ${textList(administrators)})`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}
