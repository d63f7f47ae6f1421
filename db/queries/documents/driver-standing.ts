import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { indianDay } from '#packages/calendar/indian-time.ts'
import { DOCUMENT_KINDS, DOCUMENT_STATES } from '#packages/documents/kinds.ts'
import { type Missing, missingOf, standing } from '#packages/documents/standing.ts'

export const RequirementRow = z.object({
  region: z.string(),
  vehicleKind: z.string(),
  kind: z.enum(DOCUMENT_KINDS),
  mandatory: z.boolean(),
  expires: z.boolean(),
  numbered: z.boolean(),
})
export type RequirementRow = z.infer<typeof RequirementRow>

/** The whole configuration, as JSON. */
export const requirementsJson = sql`coalesce((select jsonb_agg(jsonb_build_object('region', region,
    'vehicleKind', vehicle_kind, 'kind', kind, 'mandatory', mandatory, 'expires', expires, 'numbered', numbered))
  from document_requirements), '[]')`

export const DrivenVehicleRow = z.object({ id: z.string(), plate: z.string(), kind: z.string() })

/** A vehicle of a driver's, as JSON; null where it is not theirs, or gone. */
export const drivenVehicleJson = (driverId: string, vehicleId: string | null): SQL =>
  sql`(select jsonb_build_object('id', id, 'plate', plate, 'kind', kind) from vehicles
    where id = ${vehicleId} and driver_id = ${driverId} and deleted_at is null)`

export const PaperRow = z.object({
  id: z.string(),
  vehicleId: z.string().nullable(),
  kind: z.enum(DOCUMENT_KINDS),
  state: z.enum(DOCUMENT_STATES),
  expiresOn: z.string().nullable(),
})

/** The papers of a driver and of one of their vehicles, as JSON. */
export const papersJson = (driverId: SQL, vehicleId: SQL): SQL =>
  sql`(select coalesce(jsonb_agg(jsonb_build_object('id', id, 'vehicleId', vehicle_id, 'kind', kind, 'state', state,
      'expiresOn', expires_on)), '[]') from documents
    where driver_id = ${driverId} and state <> 'replaced' and (vehicle_id is null or vehicle_id = ${vehicleId}))`

const Papers = z.object({
  requirements: z.array(RequirementRow),
  vehicle: DrivenVehicleRow.nullable(),
  papers: z.array(PaperRow),
})

/** Whether somebody may drive. */
export interface DriverStanding {
  enabled: boolean
  /** What is asked for and not valid; empty where they are enabled. */
  missing: Missing[]
  /**
   * The valid papers that this rests on. A statement that must not come true without them asks for them again
   * (`holdPapers`), since one of them may go between the reading and the writing.
   */
  papers: string[]
}

/**
 * Whether a driver may drive a vehicle, or, without one, whether their own papers are in order.
 * Undefined: the vehicle is not the driver's, or is gone.
 * @param now Unix milliseconds
 */
export async function loadStanding(
  db: Db,
  driverId: string,
  vehicleId: string | null,
  now: number,
): Promise<DriverStanding | undefined> {
  const row = await readRow(
    db,
    sql`select ${requirementsJson} as requirements, ${drivenVehicleJson(driverId, vehicleId)} as vehicle,
      ${papersJson(sql`${driverId}`, sql`${vehicleId}`)} as papers`,
    Papers,
  )
  if (!row || (vehicleId !== null && !row.vehicle)) return undefined
  const standings = standing(row.requirements, row.vehicle, row.papers, indianDay(now))
  const missing = missingOf(standings)
  const valid = standings.flatMap(({ mandatory, state, paper }) =>
    mandatory && state === 'valid' && paper ? [paper.id] : [],
  )
  return { enabled: missing.length === 0, missing, papers: valid }
}
