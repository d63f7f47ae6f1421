import { sql } from 'drizzle-orm'
import { type Db, readRowLocked } from '#db/client.ts'
import { FileRow, fileColumns } from './file-view.ts'

/**
 * Makes a pending file a ready one, now that its objects are there. A new avatar takes the place of the one before.
 * The person is locked first: two avatars at once follow each other, and who deletes their account gets no new file.
 * Undefined: the file is gone or complete already.
 */
export function completeFile(
  db: Db,
  file: { id: string; ownerId: string },
  now: Date,
): Promise<FileRow | undefined> {
  return readRowLocked(
    db,
    sql`select id from users where id = ${file.ownerId} for update`,
    sql`with announced as (
        select files.id, files.purpose from files join users on users.id = owner_id and users.deleted_at is null
        where files.id = ${file.id} and owner_id = ${file.ownerId} and state = 'pending'
      ), former as (
        update files set state = 'deleted', deleted_at = ${now}
        where owner_id = ${file.ownerId} and purpose = 'avatar' and state = 'ready'
          and exists (select 1 from announced where purpose = 'avatar')
        returning id
      ), file as (
        update files set state = 'ready', ready_at = ${now}
        from announced
        -- Counting makes this wait for the former one to step back: only one avatar may be ready.
        where files.id = announced.id and (select count(*) from former) >= 0
        returning files.*
      )
      select ${fileColumns} from file`,
    FileRow,
  )
}
