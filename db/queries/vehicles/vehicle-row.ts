import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { FUELS, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'

export const VehicleRow = z.object({
  id: z.string(),
  driverId: z.string(),
  make: z.string(),
  model: z.string(),
  year: z.number(),
  plate: z.string(),
  colour: z.string(),
  kind: z.enum(VEHICLE_KINDS),
  fuel: z.enum(FUELS),
  features: z.array(z.enum(VEHICLE_FEATURES)),
  seats: z.number(),
  seatMapVersion: z.number().nullable(),
  active: z.boolean(),
  createdAt: z.coerce.date(),
})
export type VehicleRow = z.infer<typeof VehicleRow>

/** Selects a VehicleRow from a relation called `vehicle` that has the columns of `vehicles`. */
export const vehicleColumns = sql`vehicle.id, vehicle.driver_id as "driverId", vehicle.make, vehicle.model, vehicle.year,
  vehicle.plate, vehicle.colour, vehicle.kind, vehicle.fuel, vehicle.features, vehicle.seats,
  vehicle.seat_map_version as "seatMapVersion", vehicle.active, vehicle.created_at as "createdAt"`

/**
 * One change at a time to which vehicles a driver has, and which is active. `no key update` leaves alone who only refers
 * to the driver, such as a route that is published meanwhile.
 */
export const lockDriver = (driverId: string): SQL =>
  sql`select 1 from drivers where user_id = ${driverId} for no key update`

/** Publishing takes a vehicle's share lock: with this one, every ride that was published with it is seen. */
export const lockVehicle = (driverId: string, id: string): SQL =>
  sql`select 1 from vehicles where id = ${id} and driver_id = ${driverId} for no key update`

/** Both, in their order. */
export const lockDriverAndVehicle = (driverId: string, id: string): SQL =>
  sql`with driver as (${lockDriver(driverId)}) select 1 from driver, vehicles
    where vehicles.id = ${id} and vehicles.driver_id = ${driverId} for no key update of vehicles`

/** Whether a ride that is not over needs the vehicle `id`. */
export const isNeeded = (id: string): SQL =>
  sql`exists (select 1 from rides where vehicle_id = ${id} and status in ('scheduled', 'started'))`

/** The most seats that a ride which is not over offers in the vehicle `id`; 0 where none does. */
export const seatsPromised = (id: string): SQL =>
  sql`(select coalesce(max(capacity), 0) from ride_legs where ride_id in (
    select id from rides where vehicle_id = ${id} and status in ('scheduled', 'started')))`
