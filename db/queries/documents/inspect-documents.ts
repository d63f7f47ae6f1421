import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import type { DocumentState } from '#packages/documents/kinds.ts'
import { DocumentRow, documentColumns } from './document-view.ts'

/** Documents in a state, the oldest first, after the one called `after`; without those of vehicles that are gone. */
export function listDocuments(
  db: Db,
  page: { state: DocumentState; after?: string | undefined; limit: number },
): Promise<DocumentRow[]> {
  const newer = page.after ? sql`and document.id > ${page.after}` : sql``
  return readRows(
    db,
    sql`select ${documentColumns} from documents document
      left join vehicles on vehicles.id = document.vehicle_id
      where document.state = ${page.state} and vehicles.deleted_at is null ${newer}
      order by document.id limit ${page.limit}`,
    DocumentRow,
  )
}

const InspectedRow = DocumentRow.extend({
  numberSealed: z.string().nullable(),
  reviewedBy: z.string().nullable(),
  driverName: z.string().nullable(),
  vehicle: z
    .object({ plate: z.string(), make: z.string(), model: z.string(), year: z.number(), kind: z.string() })
    .nullable(),
})
export type InspectedRow = z.infer<typeof InspectedRow>

/** A document with what it is compared to. That somebody looked at it is on record. */
export function inspectDocument(
  db: Db,
  id: string,
  actorId: string,
  now: Date,
): Promise<InspectedRow | undefined> {
  const details = sql`jsonb_build_object('driverId', driver_id, 'kind', kind)`
  const entry = { actorId, action: 'document.view', subject: sql`id`, details }
  return readRow(
    db,
    sql`with document as (
        select * from documents where id = ${id}
      ), audited as (${recordAudit('document', entry, now)})
      select ${documentColumns}, document.number_sealed as "numberSealed", document.reviewed_by as "reviewedBy",
        person.name as "driverName",
        (select jsonb_build_object('plate', plate, 'make', make, 'model', model, 'year', year, 'kind', kind)
          from vehicles where vehicles.id = document.vehicle_id) as vehicle
      from document join users person on person.id = document.driver_id`,
    InspectedRow,
  )
}
