import { sql } from 'drizzle-orm'
import { type Db, readRowLocked } from '#db/client.ts'
import { lockDriver, VehicleRow, vehicleColumns } from './vehicle-row.ts'

/**
 * Makes a vehicle the driver's active one, and no other: of several at the same moment the last one wins.
 * Undefined: not there, or not the driver's.
 */
export function activateVehicle(
  db: Db,
  { driverId, id }: { driverId: string; id: string },
  now: Date,
): Promise<VehicleRow | undefined> {
  return readRowLocked(
    db,
    lockDriver(driverId),
    sql`with target as (
        select id from vehicles where id = ${id} and driver_id = ${driverId} and deleted_at is null
      ), before as (
        update vehicles set active = false, updated_at = ${now} from target
        where vehicles.driver_id = ${driverId} and vehicles.active and vehicles.id <> target.id
        returning vehicles.id
      ), vehicle as (
        -- Counting makes this come second: the index knows no moment with two.
        update vehicles set active = true, updated_at = ${now}
        where id = (select id from target) and (select count(*) from before) >= 0
        returning *
      )
      select ${vehicleColumns} from vehicle`,
    VehicleRow,
  )
}
