import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { lapsedSeats } from '#db/queries/bookings/lapsed-seats.ts'
import { BOOKING_MODES } from '#db/schema/index.ts'

/** The most rides one search looks at in detail. */
export const CANDIDATE_LIMIT = 200

export const CandidateRow = z.object({
  rideId: z.string(),
  routeId: z.string(),
  departsAt: z.coerce.date(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string() }),
  bookingMode: z.enum(BOOKING_MODES),
  pricePerSeat: z.number(),
  currency: z.string(),
  polyline: z.string(),
  vertexMetres: z.array(z.number()),
  vertexSeconds: z.array(z.number()),
  stops: z.array(z.object({ name: z.string(), vertex: z.number() })),
  /** Seats left on each leg; holds that have lapsed are not counted. */
  seatsLeft: z.array(z.number()),
})
export type CandidateRow = z.infer<typeof CandidateRow>

export interface CandidateQuery {
  pickup: { lat: number; lng: number }
  dropoff: { lat: number; lng: number }
  radiusMetres: number
  earliest: Date
  latest: Date
  /** Whose own rides are left out. */
  passengerId: string | null
  now: Date
}

const point = (at: { lat: number; lng: number }) => sql`ST_MakePoint(${at.lng}, ${at.lat})::geography`

/**
 * Scheduled rides whose path passes within the radius of both ends and that are under way at some time of the
 * window: a superset of the matches, found by the path's index. Order and times are for the kernel to check.
 */
export function findCandidates(db: Db, query: CandidateQuery): Promise<CandidateRow[]> {
  return readRows(
    db,
    sql`select ride.id as "rideId", route.id as "routeId", ride.departs_at as "departsAt",
        ride.driver_id as "driverId", person.name as "driverName",
        jsonb_build_object('make', vehicle.make, 'model', vehicle.model, 'colour', vehicle.colour) as vehicle,
        route.booking_mode as "bookingMode", route.price_per_seat as "pricePerSeat", route.currency,
        route.polyline, route.vertex_metres as "vertexMetres", route.vertex_seconds as "vertexSeconds",
        (select jsonb_agg(jsonb_build_object('name', name, 'vertex', vertex) order by position)
          from route_stops where route_id = route.id) as stops,
        (select jsonb_agg(capacity - taken + ${lapsedSeats(query.now)} order by leg)
          from ride_legs where ride_id = ride.id) as "seatsLeft"
      from routes route
      join rides ride on ride.route_id = route.id and ride.status = 'scheduled'
        and ride.departs_at > ${query.now} and ride.departs_at <= ${query.latest} and ride.arrives_at >= ${query.earliest}
      join users person on person.id = ride.driver_id
      join vehicles vehicle on vehicle.id = ride.vehicle_id
      where route.archived_at is null
        and ST_DWithin(route.path, ${point(query.pickup)}, ${query.radiusMetres})
        and ST_DWithin(route.path, ${point(query.dropoff)}, ${query.radiusMetres})
        and ride.driver_id is distinct from ${query.passengerId}::uuid
      order by ride.departs_at, ride.id
      limit ${CANDIDATE_LIMIT}`,
    CandidateRow,
  )
}
