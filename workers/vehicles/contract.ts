import { z } from '@hono/zod-openapi'
import type { VehicleRow } from '#db/queries/vehicles/vehicles.ts'
import { FUELS, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'
import { fieldProblem } from '#packages/errors/problem.ts'
import { readPlate } from '#packages/plates/read-plate.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { areDistinct, Id, Instant, line } from '../http/shapes.ts'

const OLDEST_YEAR = 1990
const MAX_WRITTEN_PLATE = 20

/** An Indian number plate however it is written; becomes its normal form. */
export const Plate = z
  .string()
  .max(MAX_WRITTEN_PLATE)
  .transform((text, ctx) => {
    const plate = readPlate(text)
    if (plate !== undefined) return plate
    ctx.addIssue({ code: 'custom', message: 'Not an Indian number plate' })
    return z.NEVER
  })
  .openapi({
    description:
      'Of a state (`KA 01 AB 1234`) or of the BH series (`22 BH 1234 AA`), with or without separators',
  })

const Features = z
  .array(z.enum(VEHICLE_FEATURES))
  .max(VEHICLE_FEATURES.length)
  .refine(areDistinct, 'Each at most once')

const fields = {
  make: line(40),
  model: line(40),
  year: z.int().min(OLDEST_YEAR).max(2100),
  plate: Plate,
  colour: line(30),
  kind: z.enum(VEHICLE_KINDS),
  fuel: z.enum(FUELS),
  features: Features,
  seats: z.int().min(1).max(MAX_SEATS).openapi({ description: 'Seats for passengers' }),
}

/** Apps that do not know kinds and features yet register cars without saying so. */
export const NewVehicle = z
  .strictObject({ ...fields, kind: fields.kind.default('sedan'), features: fields.features.default([]) })
  .openapi('NewVehicle')

export const VehicleChange = z.strictObject(fields).partial().openapi('VehicleChange')

/** Next year's models are on the road before the year is. */
export function checkYear(year: number | undefined, now: number): void {
  if (year === undefined || year <= new Date(now).getUTCFullYear() + 1) return
  throw fieldProblem('invalid_fields', 'year', 'Not built yet')
}

export const Vehicle = z
  .object({
    id: Id,
    make: z.string(),
    model: z.string(),
    year: z.int(),
    plate: z.string(),
    colour: z.string(),
    kind: z.enum(VEHICLE_KINDS),
    fuel: z.enum(FUELS),
    features: z.array(z.enum(VEHICLE_FEATURES)),
    seats: z.int(),
    seatMapVersion: z.int().nullable().openapi({ description: 'The newest seat map; null: none was drawn' }),
    active: z.boolean(),
    createdAt: Instant,
  })
  .openapi('Vehicle')

export function presentVehicle(vehicle: VehicleRow): z.input<typeof Vehicle> {
  const { id, make, model, year, plate, colour, kind, fuel, features, seats, seatMapVersion, active } = vehicle
  return {
    ...{ id, make, model, year, plate, colour, kind, fuel, features, seats, seatMapVersion, active },
    createdAt: vehicle.createdAt.toISOString(),
  }
}
