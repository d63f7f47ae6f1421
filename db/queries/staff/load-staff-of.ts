import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { textList } from '#db/lists.ts'
import type { StaffRole } from '#db/schema/index.ts'

/** Everybody who works as this, administrators among them. @param administrators phones that are it by configuration */
export async function loadStaffOf(
  db: Db,
  role: StaffRole,
  administrators: readonly string[],
): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select id from users where deleted_at is null and banned_at is null and (
        exists (select 1 from staff_roles where user_id = users.id and role in (${role}, 'administrator'))
        or phone in ${textList(administrators)})`,
    z.object({ id: z.string() }),
  )
  return rows.map(({ id }) => id)
}
