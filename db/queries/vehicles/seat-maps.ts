import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked } from '#db/client.ts'
import { SEAT_KINDS, type SeatMap } from '#packages/seat-maps/seat-map.ts'
import { lockVehicle, seatsPromised } from './vehicle-row.ts'

export const SeatRow = z.object({
  id: z.string(),
  row: z.number(),
  column: z.number(),
  kind: z.enum(SEAT_KINDS),
  label: z.string(),
})

export const SeatMapRow = z.object({
  vehicleId: z.string(),
  version: z.number(),
  rows: z.number(),
  columns: z.number(),
  seats: z.array(SeatRow),
  createdAt: z.coerce.date(),
})
export type SeatMapRow = z.infer<typeof SeatMapRow>

const SavedRow = SeatMapRow.extend({ isNew: z.boolean() })

const columns = sql`map.vehicle_id as "vehicleId", map.version, map.rows, map.columns, map.seats,
  map.created_at as "createdAt"`

/** The most versions a vehicle's map can have. */
export const MAX_SEAT_MAPS = 100

export interface NewSeatMap extends SeatMap {
  driverId: string
  vehicleId: string
  capacity: number
}

/**
 * Makes a map the newest of a vehicle, which then has as many seats; the same map again is the version that is there.
 * Undefined: the vehicle is not the driver's or gone, a ride that is not over offers more seats, or it has `MAX_SEAT_MAPS`.
 */
export function saveSeatMap(db: Db, map: NewSeatMap, now: Date): Promise<z.infer<typeof SavedRow> | undefined> {
  const { driverId, vehicleId, rows, capacity } = map
  const seats = sql`${JSON.stringify(map.seats)}::jsonb`
  return readRowLocked(
    db,
    lockVehicle(driverId, vehicleId),
    sql`with vehicle as (
        select id, coalesce(seat_map_version, 0) as version from vehicles
        where id = ${vehicleId} and driver_id = ${driverId} and deleted_at is null
      ), same as (
        select seat_maps.* from seat_maps join vehicle on vehicle.id = vehicle_id and vehicle.version = seat_maps.version
        where rows = ${rows} and columns = ${map.columns} and seats = ${seats}
      ), made as (
        insert into seat_maps (vehicle_id, version, rows, columns, seats, capacity, created_at)
        select id, version + 1, ${rows}::smallint, ${map.columns}::smallint, ${seats}, ${capacity}::smallint,
          ${now}::timestamptz
        from vehicle
        where not exists (select 1 from same) and version < ${MAX_SEAT_MAPS} and ${seatsPromised(vehicleId)} <= ${capacity}
        returning *
      ), changed as (
        update vehicles set seats = made.capacity, seat_map_version = made.version, updated_at = ${now}
        from made where vehicles.id = made.vehicle_id
      )
      select ${columns}, false as "isNew" from same map union all select ${columns}, true from made map`,
    SavedRow,
  )
}

/** A version of a vehicle's seat map. */
export function loadSeatMap(db: Db, vehicleId: string, version: number): Promise<SeatMapRow | undefined> {
  return readRow(
    db,
    sql`select ${columns} from seat_maps map where vehicle_id = ${vehicleId} and version = ${version}`,
    SeatMapRow,
  )
}
