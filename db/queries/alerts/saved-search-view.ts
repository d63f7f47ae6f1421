import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'

/** What a ride must have to be found, as it is stored. */
const Filters = z.object({
  instant: z.literal(true).optional(),
  womenOnly: z.literal(true).optional(),
  sameGender: z.literal(true).optional(),
  amenities: z.array(z.enum(VEHICLE_FEATURES)).optional(),
  vehicleKinds: z.array(z.enum(VEHICLE_KINDS)).optional(),
  maxFare: z.object({ amount: z.number(), currency: z.literal('INR') }).optional(),
  minRating: z.number().optional(),
})

const Place = z.object({ name: z.string(), lat: z.number(), lng: z.number() })

export const SavedSearchRow = z.object({
  id: z.string(),
  userId: z.string(),
  pickup: Place,
  dropoff: Place,
  radiusMetres: z.number(),
  earliest: z.coerce.date(),
  latest: z.coerce.date(),
  seats: z.number(),
  filters: Filters,
  createdAt: z.coerce.date(),
  /** How many rides were found for it. */
  matches: z.number(),
})
export type SavedSearchRow = z.infer<typeof SavedSearchRow>

/** SavedSearchRows of the rows in `saved` (of `saved_searches`). */
export const savedSearchView: SQL = sql`select saved.id, saved.user_id as "userId",
    jsonb_build_object('name', saved.pickup_name, 'lat', saved.pickup_lat, 'lng', saved.pickup_lng) as pickup,
    jsonb_build_object('name', saved.dropoff_name, 'lat', saved.dropoff_lat, 'lng', saved.dropoff_lng) as dropoff,
    saved.radius_metres as "radiusMetres", saved.earliest, saved.latest, saved.seats, saved.filters,
    saved.created_at as "createdAt",
    (select count(*)::int from alerts where saved_search_id = saved.id) as matches
  from saved`
