import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'

const DeletedRow = z.object({ deleted: z.boolean() })

/**
 * Marks a ready file of this owner as deleted; the sweep then removes its objects and its record. `deleted: false`: a
 * document or a message refers to it. Undefined: not there, or not the owner's.
 */
export function deleteFile(
  db: Db,
  file: { id: string; ownerId: string },
  now: Date,
): Promise<z.infer<typeof DeletedRow> | undefined> {
  return readRowLocked(
    db,
    // A document that is being handed in, or a message that is being sent, holds its file: it is seen, or the file is gone for it.
    sql`select id from files where id = ${file.id} for update`,
    sql`with file as (
        select id from files where id = ${file.id} and owner_id = ${file.ownerId} and state = 'ready'
      ), gone as (
        update files set state = 'deleted', deleted_at = ${now} from file
        where files.id = file.id and not exists (select 1 from documents where file_id = file.id)
          and not exists (select 1 from messages where file_id = file.id)
        returning files.id
      )
      select exists (select 1 from gone) as deleted from file`,
    DeletedRow,
  )
}
