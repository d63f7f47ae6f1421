import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { tellDocuments } from '#db/queries/outbox/tell.ts'
import { DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { DocumentRow, documentColumns } from './document-view.ts'

export interface Review {
  documentId: string
  reviewerId: string
  now: Date
}

const facts = sql`jsonb_build_object('driverId', driver_id, 'kind', kind)`

/**
 * Makes a waiting document valid, in place of the one that was. Of two reviewers at once one does.
 * Undefined: not there, not waiting, the reviewer's own, or past its last day.
 * @param expiresOn as the reviewer reads it off the paper; else as the driver said
 * @param today the day in India
 */
export function approveDocument(
  db: Db,
  { documentId, reviewerId, now }: Review,
  expiresOn: string | null,
  today: string,
): Promise<DocumentRow | undefined> {
  const lastDay = sql`coalesce(${expiresOn}::date, expires_on)`
  const entry = { actorId: reviewerId, action: 'document.approve', subject: sql`id`, details: facts }
  return readRow(
    db,
    sql`with waiting as (
        select * from documents
        where id = ${documentId} and state = 'pending' and driver_id <> ${reviewerId}
          and (${lastDay} is null or ${lastDay} >= ${today}::date)
        for update
      ), replaced as (
        update documents set state = 'replaced', ended_at = ${now} from waiting
        where documents.driver_id = waiting.driver_id and documents.kind = waiting.kind
          and documents.vehicle_id is not distinct from waiting.vehicle_id and documents.state = 'valid'
        returning documents.id
      ), document as (
        update documents set state = 'valid', expires_on = coalesce(${expiresOn}::date, documents.expires_on),
          reviewed_at = ${now}, reviewed_by = ${reviewerId}
        from waiting
        -- Counting makes this wait for the former one to step back: only one may be valid.
        where documents.id = waiting.id and (select count(*) from replaced) >= 0
        returning documents.*
      ), audited as (${recordAudit('document', entry, now)})
      select ${documentColumns} from document`,
    DocumentRow,
  )
}

/** Rejects a waiting document and has its driver told why. Undefined: not there, not waiting, or the reviewer's own. */
export function rejectDocument(
  db: Db,
  { documentId, reviewerId, now }: Review,
  reason: string,
): Promise<DocumentRow | undefined> {
  const details = sql`${facts} || jsonb_build_object('reason', reason)`
  const entry = { actorId: reviewerId, action: 'document.reject', subject: sql`id`, details }
  return readRow(
    db,
    sql`with document as (
        update documents set state = 'rejected', reason = ${reason}, reviewed_at = ${now}, ended_at = ${now},
          reviewed_by = ${reviewerId}
        where id = ${documentId} and state = 'pending' and driver_id <> ${reviewerId}
        returning *
      ), audited as (${recordAudit('document', entry, now)}), told as (${tellDocuments('document', 'document.rejected', now)})
      select ${documentColumns} from document`,
    DocumentRow,
  )
}

const ReviewableRow = z.object({ driverId: z.string(), state: z.enum(DOCUMENT_STATES) })

/** What tells why a document could not be reviewed. */
export function loadReviewable(db: Db, id: string): Promise<z.infer<typeof ReviewableRow> | undefined> {
  return readRow(db, sql`select driver_id as "driverId", state from documents where id = ${id}`, ReviewableRow)
}
