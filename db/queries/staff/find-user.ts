import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { NO_SUBJECT, recordAudit } from '#db/queries/audit/record-audit.ts'

const FoundRow = z.object({
  id: z.string(),
  name: z.string().nullable(),
  isDriver: z.boolean(),
  bannedAt: z.coerce.date().nullable(),
  createdAt: z.coerce.date(),
})
export type FoundRow = z.infer<typeof FoundRow>

/** The person of a phone, if there is one. Every search is on record, also one that finds nobody, but not its phone. */
export function findUser(db: Db, phone: string, actorId: string, now: Date): Promise<FoundRow[]> {
  const subject = sql`coalesce((select id from person), ${NO_SUBJECT}::uuid)`
  return readRows(
    db,
    sql`with person as (
        select * from users where phone = ${phone} and deleted_at is null
      ), asked as (select 1), audited as (${recordAudit('asked', { actorId, action: 'user.lookup', subject }, now)})
      select id, name, banned_at as "bannedAt", created_at as "createdAt",
        exists (select 1 from drivers where user_id = person.id) as "isDriver"
      from person`,
    FoundRow,
  )
}
