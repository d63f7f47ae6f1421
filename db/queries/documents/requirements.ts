import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { NO_SUBJECT, recordAudit } from '#db/queries/audit/record-audit.ts'
import type { DocumentKind } from '#packages/documents/kinds.ts'
import { RequirementRow } from './driver-standing.ts'

const columns = sql.raw(`region, vehicle_kind as "vehicleKind", kind, mandatory, expires, numbered`)

const audit = (actorId: string, action: string, now: Date) =>
  recordAudit(
    'requirement',
    { actorId, action, subject: sql`${NO_SUBJECT}::uuid`, details: sql`to_jsonb(requirement)` },
    now,
  )

/** The whole configuration, by region, kind of vehicle and kind of document. */
export function listRequirements(db: Db): Promise<RequirementRow[]> {
  return readRows(
    db,
    sql`select ${columns} from document_requirements order by region, vehicle_kind, kind`,
    RequirementRow,
  )
}

/** Adds a row of the configuration, or changes the one that is there. It counts from now on. */
export function saveRequirement(
  db: Db,
  row: RequirementRow,
  actorId: string,
  now: Date,
): Promise<RequirementRow | undefined> {
  return readRow(
    db,
    sql`with requirement as (
        insert into document_requirements (region, vehicle_kind, kind, mandatory, expires, numbered)
        values (${row.region}, ${row.vehicleKind}, ${row.kind}, ${row.mandatory}, ${row.expires}, ${row.numbered})
        on conflict (region, vehicle_kind, kind) do update
          set mandatory = excluded.mandatory, expires = excluded.expires, numbered = excluded.numbered
        returning *
      ), audited as (${audit(actorId, 'document_requirement.save', now)})
      select ${columns} from requirement`,
    RequirementRow,
  )
}

/** Takes a row out of the configuration; a less exact one may decide then. Undefined: there was none. */
export function deleteRequirement(
  db: Db,
  row: { region: string; vehicleKind: string; kind: DocumentKind },
  actorId: string,
  now: Date,
): Promise<{ kind: string } | undefined> {
  return readRow(
    db,
    sql`with requirement as (
        delete from document_requirements
        where region = ${row.region} and vehicle_kind = ${row.vehicleKind} and kind = ${row.kind}
        returning *
      ), audited as (${audit(actorId, 'document_requirement.delete', now)})
      select kind from requirement`,
    z.object({ kind: z.string() }),
  )
}
