import { sql } from 'drizzle-orm'
import { type Db, readRow } from '#db/client.ts'
import type { DocumentKind } from '#packages/documents/kinds.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import { DocumentRow, documentColumns } from './document-view.ts'

export interface NewDocument {
  id: string
  driverId: string
  /** With the plate that its papers were read for. */
  vehicle: { id: string; plate: string } | null
  kind: DocumentKind
  number: { sealed: string; last4: string } | null
  expiresOn: string | null
  file: { id: string; purpose: FilePurpose }
}

/**
 * Hands a document in for review.
 * Undefined: the vehicle is not the driver's, is gone or has another plate by now; or the file is not theirs, not ready,
 * for something else or used already. Violates `documents_one_pending` where one of the kind waits, `documents_file_key` on a file that
 * another document takes at the same moment.
 */
export function submitDocument(db: Db, document: NewDocument, now: Date): Promise<DocumentRow | undefined> {
  const { driverId, vehicle, number, file } = document
  return readRow(
    db,
    sql`with vehicle as (
        -- Whoever deletes it or changes its plate waits for this, and ends this document too.
        select id from vehicles
        where id = ${vehicle?.id ?? null} and driver_id = ${driverId} and plate = ${vehicle?.plate ?? null}
          and deleted_at is null
        for share
      ), file as (
        select id from files
        where id = ${file.id} and owner_id = ${driverId} and purpose = ${file.purpose} and state = 'ready'
          and not exists (select 1 from documents where file_id = files.id)
          and (${vehicle === null} or exists (select 1 from vehicle))
        for share
      ), document as (
        insert into documents (id, driver_id, vehicle_id, kind, number_sealed, number_last4, expires_on, state,
          file_id, created_at)
        select ${document.id}::uuid, ${driverId}::uuid, (select id from vehicle), ${document.kind},
          ${number?.sealed ?? null}::text, ${number?.last4 ?? null}::text, ${document.expiresOn}::date, 'pending',
          file.id, ${now}::timestamptz
        from file
        returning *
      )
      select ${documentColumns} from document`,
    DocumentRow,
  )
}
