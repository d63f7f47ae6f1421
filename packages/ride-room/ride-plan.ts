import { z } from 'zod'
import { elementAt } from '#packages/geo/element-at.ts'
import { metresOf, nearestOnPath } from '#packages/geo/locate.ts'
import type { Path } from '#packages/geo/path.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import type { Position } from '#packages/geo/position.ts'

const At = z.object({ lat: z.number(), lng: z.number() })

/** How a ride is planned, as the database knows it: its route's way, and who gets on and off where. */
export const PlanRow = z.object({
  /** Unix milliseconds. */
  departsAt: z.number(),
  polyline: z.string(),
  vertexMetres: z.array(z.number()),
  vertexSeconds: z.array(z.number()),
  stops: z.array(At.extend({ vertex: z.int() })),
  bookings: z.array(
    z.object({
      bookingId: z.string(),
      passengerId: z.string(),
      boarded: z.boolean(),
      legFrom: z.int(),
      legTo: z.int(),
      pickup: At,
      dropoff: At,
    }),
  ),
})
export type PlanRow = z.infer<typeof PlanRow>

/** Somewhere the car is expected, `metres` along the path. */
export interface PlannedPlace extends Position {
  metres: number
}

export interface PlannedBooking {
  bookingId: string
  passengerId: string
  boarded: boolean
  pickup: PlannedPlace
  dropoff: PlannedPlace
}

export interface RidePlan {
  departsAt: number
  path: Path
  stops: PlannedPlace[]
  bookings: PlannedBooking[]
}

/** The plan of a row; a passenger's places are looked for on the legs of the booking only, as the path may cross itself. */
export function readPlan({
  departsAt,
  polyline,
  vertexMetres,
  vertexSeconds,
  stops,
  bookings,
}: PlanRow): RidePlan {
  const path: Path = { points: decodePolyline(polyline), metres: vertexMetres, seconds: vertexSeconds }
  return {
    departsAt,
    path,
    stops: stops.map(({ lat, lng, vertex }) => ({ lat, lng, metres: elementAt(path.metres, vertex) })),
    bookings: bookings.map(({ legFrom, legTo, pickup, dropoff, ...who }) => {
      const range = { from: elementAt(stops, legFrom).vertex, to: elementAt(stops, legTo).vertex }
      const place = (at: Position) => ({ ...at, metres: metresOf(path, nearestOnPath(path, at, range)) })
      return { ...who, pickup: place(pickup), dropoff: place(dropoff) }
    }),
  }
}
