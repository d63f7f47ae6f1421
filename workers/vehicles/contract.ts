import { z } from '@hono/zod-openapi'
import type { VehicleRow } from '#db/queries/vehicles/vehicles.ts'
import { FUELS } from '#db/schema/index.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { Id, Instant, line } from '../http/shapes.ts'

const OLDEST_YEAR = 1990

/** A state plate (KA 01 AB 1234) or a BH-series plate (22 BH 1234 AA); spaces and dashes are dropped. */
export const Plate = z
  .string()
  .max(20)
  .transform((text) => text.toUpperCase().replaceAll(/[\s-]/g, ''))
  .pipe(
    z.string().regex(/^([A-Z]{2}\d{1,2}[A-Z]{0,3}\d{4}|\d{2}BH\d{4}[A-Z]{1,2})$/, 'Not an Indian number plate'),
  )

export const NewVehicle = z
  .strictObject({
    make: line(40),
    model: line(40),
    year: z.int().min(OLDEST_YEAR).max(2100),
    plate: Plate,
    colour: line(30),
    fuel: z.enum(FUELS),
    seats: z.int().min(1).max(MAX_SEATS).openapi({ description: 'Seats for passengers' }),
  })
  .openapi('NewVehicle')

export const Vehicle = z
  .object({
    id: Id,
    make: z.string(),
    model: z.string(),
    year: z.int(),
    plate: z.string(),
    colour: z.string(),
    fuel: z.enum(FUELS),
    seats: z.int(),
    active: z.boolean(),
    createdAt: Instant,
  })
  .openapi('Vehicle')

export function presentVehicle(vehicle: VehicleRow): z.input<typeof Vehicle> {
  const { id, make, model, year, plate, colour, fuel, seats, active, createdAt } = vehicle
  return { id, make, model, year, plate, colour, fuel, seats, active, createdAt: createdAt.toISOString() }
}
