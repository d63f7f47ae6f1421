import { z } from '@hono/zod-openapi'
import type { SeatMapRow } from '#db/queries/vehicles/seat-maps.ts'
import type { VehicleRow } from '#db/queries/vehicles/vehicles.ts'
import { capacityOf, MAX_SEAT_COLUMNS, MAX_SEAT_ROWS, SEAT_KINDS } from '#packages/seat-maps/seat-map.ts'
import { usualSeatMap } from '#packages/seat-maps/usual-seat-map.ts'
import { Id, Instant, line } from '../http/shapes.ts'

/** Stands for the map of a vehicle whose driver has drawn none: it follows from its kind and its seats. */
export const USUAL_VERSION = 0

const NewSeat = z
  .strictObject({
    id: z
      .string()
      .regex(/^[A-Za-z0-9-]{1,8}$/, 'One to eight letters, digits or dashes')
      .openapi({ example: '1A' }),
    row: z.int().min(1).max(MAX_SEAT_ROWS).openapi({ description: 'From the front, from 1' }),
    column: z.int().min(1).max(MAX_SEAT_COLUMNS).openapi({ description: 'From the left, from 1' }),
    kind: z.enum(SEAT_KINDS),
    label: line(30).openapi({ example: 'Front left' }),
  })
  .openapi('NewSeat')

export const NewSeatMap = z
  .strictObject({
    rows: z.int().min(1).max(MAX_SEAT_ROWS),
    columns: z.int().min(1).max(MAX_SEAT_COLUMNS),
    seats: z
      .array(NewSeat)
      .min(1)
      .max(MAX_SEAT_ROWS * MAX_SEAT_COLUMNS),
  })
  .openapi('NewSeatMap')

const Seat = z
  .object({ id: z.string(), row: z.int(), column: z.int(), kind: z.enum(SEAT_KINDS), label: z.string() })
  .openapi('Seat')

export const SeatMap = z
  .object({
    vehicleId: Id,
    version: z
      .int()
      .openapi({ description: 'Never changes; 0: the usual map of such a vehicle, none was drawn' }),
    rows: z.int(),
    columns: z.int(),
    seats: z.array(Seat),
    capacity: z.int().openapi({ description: 'Seats for passengers' }),
    createdAt: Instant.nullable(),
  })
  .openapi('SeatMap')

export function presentSeatMap({ createdAt, ...map }: SeatMapRow): z.input<typeof SeatMap> {
  return { ...map, capacity: capacityOf(map), createdAt: createdAt.toISOString() }
}

export function presentUsualMap({ id, kind, seats }: VehicleRow): z.input<typeof SeatMap> {
  const map = usualSeatMap(kind, seats)
  return {
    ...{ vehicleId: id, version: USUAL_VERSION, rows: map.rows, columns: map.columns, seats: [...map.seats] },
    ...{ capacity: capacityOf(map), createdAt: null },
  }
}
