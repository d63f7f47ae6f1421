import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'

const DeletedRow = z.object({ deleted: z.boolean() })

/**
 * Deletes a document of this driver and marks its file as deleted, in one statement. `deleted: false`: it is valid,
 * and a ride that is not over depends on it. Undefined: not there, or not the driver's.
 *
 * The document is locked first: a route that is published with it holds it until it commits (`holdPapers`), and its
 * ride is seen here.
 */
export function deleteDocument(
  db: Db,
  document: { id: string; driverId: string },
  now: Date,
): Promise<z.infer<typeof DeletedRow> | undefined> {
  const { id, driverId } = document
  return readRowLocked(
    db,
    sql`select id from documents where id = ${id} and driver_id = ${driverId} for update`,
    sql`with document as (
        select id, state, vehicle_id, file_id from documents where id = ${id} and driver_id = ${driverId}
      ), gone as (
        delete from documents using document
        where documents.id = document.id and not (document.state = 'valid' and exists (
          select 1 from rides where rides.driver_id = ${driverId} and rides.status in ('scheduled', 'started')
            and (document.vehicle_id is null or rides.vehicle_id = document.vehicle_id)))
        returning documents.id, documents.file_id
      ), file as (
        update files set state = 'deleted', deleted_at = ${now} from gone where files.id = gone.file_id
      )
      select exists (select 1 from gone) as deleted from document`,
    DeletedRow,
  )
}
