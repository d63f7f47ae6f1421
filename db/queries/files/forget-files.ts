import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'

/** The most files one sweep removes; the next one goes on. */
const BATCH_SIZE = 50
/** An upload that is not complete, or of no use to any document or message, by then is given up. */
const ABANDONED_MS = 24 * 3600_000
/** What is being uploaded while its file is deleted has arrived by then, and goes too. */
const SETTLED_MS = 300_000

const DoomedRow = z.object({ id: z.string(), variants: z.array(z.string()) })
export type DoomedRow = z.infer<typeof DoomedRow>

/** Marks uploads as deleted that were never completed, or that no document or message has taken up, for a day. */
export async function abandonFiles(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - ABANDONED_MS)
  const abandoned = sql`select id from files
    where created_at < ${before}
      and (state = 'pending' or (state = 'ready' and purpose <> 'avatar'
        and not exists (select 1 from documents where file_id = files.id)
        and not exists (select 1 from messages where file_id = files.id)))
    order by created_at limit ${BATCH_SIZE} for update skip locked`
  // Asked twice: a document or a message may have taken a file up while its lock was waited for.
  await db.batch([
    db.execute(abandoned),
    db.execute(sql`update files set state = 'deleted', deleted_at = ${now} where id in (${abandoned})`),
  ])
}

/** Files that nobody sees any more, with the names of their objects: those go first, then `forgetFiles`. */
export function loadDoomedFiles(db: Db, now: Date): Promise<DoomedRow[]> {
  const before = new Date(now.getTime() - SETTLED_MS)
  return readRows(
    db,
    sql`select id, (select coalesce(jsonb_agg(name), '[]') from file_variants where file_id = files.id) as variants
      from files where state = 'deleted' and deleted_at < ${before} order by deleted_at limit ${BATCH_SIZE}`,
    DoomedRow,
  )
}

/** Deletes the records of files whose objects are gone. */
export async function forgetFiles(db: Db, ids: readonly string[]): Promise<void> {
  await db.execute(
    sql`delete from files where state = 'deleted'
      and id in ${idList(ids)}`,
  )
}
