import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import type { DocumentKind } from '#packages/documents/kinds.ts'
import { DocumentRow, documentColumns } from './document-view.ts'
import { DrivenVehicleRow, drivenVehicleJson, RequirementRow, requirementsJson } from './driver-standing.ts'

const GarageRow = z.object({ requirements: z.array(RequirementRow), vehicles: z.array(DrivenVehicleRow) })

export interface DriverDocuments extends z.infer<typeof GarageRow> {
  documents: DocumentRow[]
}

/** Everything that a driver's standing follows from, for each of their vehicles, newest first. */
export async function loadDriverDocuments(db: Db, driverId: string): Promise<DriverDocuments> {
  const [garage, documents] = await Promise.all([
    readRow(
      db,
      sql`select ${requirementsJson} as requirements,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'plate', plate, 'kind', kind) order by id desc)
          from vehicles where driver_id = ${driverId} and deleted_at is null), '[]') as vehicles`,
      GarageRow,
    ),
    readRows(
      db,
      sql`select ${documentColumns} from documents document
        where document.driver_id = ${driverId} and document.state <> 'replaced'`,
      DocumentRow,
    ),
  ])
  return { requirements: [], vehicles: [], ...garage, documents }
}

const AskedRow = z.object({
  requirements: z.array(RequirementRow),
  vehicle: DrivenVehicleRow.nullable(),
  waiting: z.boolean(),
})

/** What decides about a document that a driver wants to hand in. `waiting`: one of that kind waits for its review already. */
export function loadAsked(
  db: Db,
  subject: { driverId: string; vehicleId: string | null; kind: DocumentKind },
): Promise<z.infer<typeof AskedRow> | undefined> {
  const { driverId, vehicleId, kind } = subject
  return readRow(
    db,
    sql`select ${requirementsJson} as requirements, ${drivenVehicleJson(driverId, vehicleId)} as vehicle,
      exists (select 1 from documents where driver_id = ${driverId} and kind = ${kind} and state = 'pending'
        and vehicle_id is not distinct from ${vehicleId}::uuid) as waiting`,
    AskedRow,
  )
}
