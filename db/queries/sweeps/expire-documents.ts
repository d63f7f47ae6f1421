import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'

/** The most documents one sweep looks at; the next one goes on. */
const BATCH_SIZE = 200
const DAY_MS = 24 * 3600_000
/** How long the file of a document that counts no more is kept, for a dispute. */
const FILE_KEPT_MS = 30 * DAY_MS

const Row = z.object({ id: z.string() })

/** Ends valid documents whose last day is over. Returns how many. @param today the day in India */
export async function expireDocuments(db: Db, today: string, now: Date): Promise<number> {
  const expired = await readRows(
    db,
    sql`update documents set state = 'expired', ended_at = ${now}
      where id in (
        select id from documents where state = 'valid' and expires_on < ${today}::date
        order by expires_on limit ${BATCH_SIZE} for update skip locked)
      returning id`,
    Row,
  )
  return expired.length
}

/**
 * Marks the files of documents as deleted that were rejected, replaced or expired a month ago; the sweep of files then
 * removes them. Returns how many.
 */
export async function purgeEndedDocuments(db: Db, now: Date): Promise<number> {
  const before = new Date(now.getTime() - FILE_KEPT_MS)
  const purged = await readRows(
    db,
    sql`update files set state = 'deleted', deleted_at = ${now}
      where id in (
        select files.id from documents join files on files.id = documents.file_id
        where documents.ended_at < ${before} and files.state = 'ready'
        limit ${BATCH_SIZE} for update of files skip locked)
      returning id`,
    Row,
  )
  return purged.length
}
