import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { vehicles } from '#db/schema/index.ts'

export type VehicleRow = typeof vehicles.$inferSelect
export type NewVehicle = Omit<typeof vehicles.$inferInsert, 'active' | 'deletedAt'>

/**
 * Registers a vehicle; a driver's first one becomes the active one.
 * Violates `vehicles_plate_key` on a plate that is registered, and the driver's foreign key without a driver profile.
 */
export async function createVehicle(db: Db, vehicle: NewVehicle): Promise<VehicleRow | undefined> {
  const first = sql<boolean>`not exists (
    select 1 from vehicles where driver_id = ${vehicle.driverId} and active and deleted_at is null)`
  const [row] = await db
    .insert(vehicles)
    .values({ ...vehicle, active: first })
    .returning()
  return row
}

export function listVehicles(db: Db, driverId: string): Promise<VehicleRow[]> {
  return db
    .select()
    .from(vehicles)
    .where(and(eq(vehicles.driverId, driverId), isNull(vehicles.deletedAt)))
    .orderBy(desc(vehicles.id))
}

export async function loadVehicle(db: Db, driverId: string, id: string): Promise<VehicleRow | undefined> {
  const [row] = await db
    .select()
    .from(vehicles)
    .where(and(eq(vehicles.id, id), eq(vehicles.driverId, driverId), isNull(vehicles.deletedAt)))
  return row
}
