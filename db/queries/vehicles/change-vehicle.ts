import { type SQL, sql } from 'drizzle-orm'
import { type Db, readRowLocked } from '#db/client.ts'
import { textArray } from '#db/lists.ts'
import { isNeeded, lockVehicle, seatsPromised, VehicleRow, vehicleColumns } from './vehicle-row.ts'
import type { NewVehicle } from './vehicles.ts'

type Fields = Omit<NewVehicle, 'id' | 'driverId' | 'createdAt'>
export type VehicleChange = { [Field in keyof Fields]?: Fields[Field] | undefined }

/** A CTE body that ends the documents of the vehicle in `source`: what they say is no longer so. */
export const endDocuments = (source: string, now: Date): SQL =>
  sql`update documents set state = 'replaced', ended_at = ${now}
    where vehicle_id = (select id from ${sql.raw(source)}) and state in ('pending', 'valid')`

/**
 * Changes the fields that are given. With its plate a vehicle loses its documents, which are of the old one.
 * Undefined: not there, not the driver's; `seats` differs from what its seat map says, or is less than a ride that is
 * not over offers; or another plate, while such a ride needs it. Violates `vehicles_plate_key`.
 */
export function changeVehicle(
  db: Db,
  { driverId, id }: { driverId: string; id: string },
  change: VehicleChange,
  now: Date,
): Promise<VehicleRow | undefined> {
  const { make, model, year, plate, colour, kind, fuel, features, seats } = change
  const given = (value: string | number | undefined) => sql`${value ?? null}`
  return readRowLocked(
    db,
    lockVehicle(driverId, id),
    sql`with before as (
        select id, plate from vehicles where id = ${id} and driver_id = ${driverId} and deleted_at is null
      ), vehicle as (
        update vehicles set make = coalesce(${given(make)}::text, make), model = coalesce(${given(model)}::text, model),
          year = coalesce(${given(year)}::smallint, year), plate = coalesce(${given(plate)}::text, vehicles.plate),
          colour = coalesce(${given(colour)}::text, colour), kind = coalesce(${given(kind)}::text, kind),
          fuel = coalesce(${given(fuel)}::text, fuel), seats = coalesce(${given(seats)}::smallint, seats),
          features = coalesce(${features ? textArray(features) : sql`null`}, features), updated_at = ${now}
        from before
        where vehicles.id = before.id
          and (${given(seats)}::smallint is null or (
            (seat_map_version is null or seats = ${given(seats)}::smallint)
            and ${seatsPromised(id)} <= ${given(seats)}::smallint))
          and (${given(plate)}::text is null or ${given(plate)}::text = before.plate or not ${isNeeded(id)})
        returning vehicles.*
      ), replated as (
        select vehicle.id from vehicle join before on before.id = vehicle.id where vehicle.plate <> before.plate
      ), ended as (${endDocuments('replated', now)})
      select ${vehicleColumns} from vehicle`,
    VehicleRow,
  )
}
