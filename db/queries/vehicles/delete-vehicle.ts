import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRowLocked } from '#db/client.ts'
import { endDocuments } from './change-vehicle.ts'
import { isNeeded, lockDriverAndVehicle } from './vehicle-row.ts'

const DeletedRow = z.object({ id: z.string() })

/**
 * Marks a vehicle as deleted; its plate becomes free, its routes are archived and its documents end. Where it was the
 * active one, the newest of the others becomes that. Undefined: not there, not the driver's, or needed by a ride that is not over.
 */
export function deleteVehicle(
  db: Db,
  { driverId, id }: { driverId: string; id: string },
  now: Date,
): Promise<z.infer<typeof DeletedRow> | undefined> {
  return readRowLocked(
    db,
    lockDriverAndVehicle(driverId, id),
    sql`with target as (
        select id, active from vehicles
        where id = ${id} and driver_id = ${driverId} and deleted_at is null and not ${isNeeded(id)}
      ), gone as (
        update vehicles set deleted_at = ${now}, updated_at = ${now}, active = false from target
        where vehicles.id = target.id
        returning vehicles.id, target.active as was_active
      ), heir as (
        update vehicles set active = true, updated_at = ${now}
        where exists (select 1 from gone where was_active) and id = (
          select id from vehicles where driver_id = ${driverId} and deleted_at is null and id <> ${id}
          order by id desc limit 1)
      ), archived as (
        update routes set archived_at = ${now} where vehicle_id = (select id from gone) and archived_at is null
      ), ended as (${endDocuments('gone', now)})
      select id from gone`,
    DeletedRow,
  )
}
