import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked, readRows } from '#db/client.ts'
import { textArray } from '#db/lists.ts'
import { isNeeded, seatsPromised, VehicleRow, vehicleColumns } from './vehicle-row.ts'

export type { VehicleRow } from './vehicle-row.ts'
/** The most vehicles a driver can have, without the deleted ones. */
export const MAX_VEHICLES = 10

export type NewVehicle = Omit<VehicleRow, 'active' | 'seatMapVersion'>

/**
 * Registers a vehicle; a driver's first one becomes the active one. Undefined: the driver has `MAX_VEHICLES` already, or
 * is gone.
 * Violates `vehicles_plate_key` on a plate that is registered, and the driver's foreign key without a driver profile.
 */
export function createVehicle(db: Db, vehicle: NewVehicle): Promise<VehicleRow | undefined> {
  const { id, driverId, make, model, year, plate, colour, kind, fuel, features, seats, createdAt } = vehicle
  return readRowLocked(
    db,
    // Whoever deletes the account waits for the vehicle, or this waits for them and finds nobody.
    sql`with person as (select id from users where id = ${driverId} and deleted_at is null for key share)
      select 1 from drivers where user_id = (select id from person) for no key update`,
    sql`with others as (
        select count(*) as registered, coalesce(bool_or(active), false) as one_active
        from vehicles where driver_id = ${driverId} and deleted_at is null
      ), vehicle as (
        insert into vehicles (id, driver_id, make, model, year, plate, colour, kind, fuel, features, seats, active, created_at)
        select ${id}::uuid, ${driverId}::uuid, ${make}, ${model}, ${year}::smallint, ${plate}, ${colour}, ${kind}, ${fuel},
          ${textArray(features)}, ${seats}::smallint, not others.one_active, ${createdAt}::timestamptz
        from others where others.registered < ${MAX_VEHICLES}
          and exists (select 1 from users where id = ${driverId} and deleted_at is null)
        returning *
      )
      select ${vehicleColumns} from vehicle`,
    VehicleRow,
  )
}

/** All vehicles of a driver, the newest first. */
export function listVehicles(db: Db, driverId: string): Promise<VehicleRow[]> {
  return readRows(
    db,
    sql`select ${vehicleColumns} from vehicles vehicle where driver_id = ${driverId} and deleted_at is null
      order by id desc`,
    VehicleRow,
  )
}

export function loadVehicle(db: Db, driverId: string, id: string): Promise<VehicleRow | undefined> {
  return readRow(
    db,
    sql`select ${vehicleColumns} from vehicles vehicle
      where id = ${id} and driver_id = ${driverId} and deleted_at is null`,
    VehicleRow,
  )
}

const VehicleUse = VehicleRow.extend({ needed: z.boolean(), promised: z.number() })

/** A vehicle, whether a ride that is not over needs it, and how many seats such rides offer at most. */
export function loadVehicleUse(
  db: Db,
  driverId: string,
  id: string,
): Promise<z.infer<typeof VehicleUse> | undefined> {
  return readRow(
    db,
    sql`select ${vehicleColumns}, ${isNeeded(id)} as needed, ${seatsPromised(id)} as promised from vehicles vehicle
      where id = ${id} and driver_id = ${driverId} and deleted_at is null`,
    VehicleUse,
  )
}
