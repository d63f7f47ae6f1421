import { z } from '@hono/zod-openapi'
import { BOOKING_MODES, LUGGAGE, VEHICLE_FEATURES, VEHICLE_KINDS } from '#db/schema/index.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { Id, Instant, InstantInput, Money, Position } from '../http/shapes.ts'

/** Wanted pickup time ± this, unless the passenger says otherwise; seconds. */
export const DEFAULT_TOLERANCE_SECONDS = 2 * 3600
export const MAX_TOLERANCE_SECONDS = 24 * 3600
export const MAX_RADIUS_METRES = 25_000

const Amenity = z.enum(VEHICLE_FEATURES)
const VehicleKind = z.enum(VEHICLE_KINDS)

/** What a ride must have to be shown; what is left out does not matter. */
export const SearchFilters = z
  .strictObject({
    instant: z
      .literal(true)
      .optional()
      .openapi({ description: 'Confirmed at once, without the driver’s answer' }),
    womenOnly: z.literal(true).optional(),
    amenities: z.array(Amenity).max(VEHICLE_FEATURES.length).optional().openapi({ description: 'All of them' }),
    vehicleKinds: z
      .array(VehicleKind)
      .min(1)
      .max(VEHICLE_KINDS.length)
      .optional()
      .openapi({ description: 'One of them' }),
    maxFare: Money.optional().openapi({ description: 'For all seats asked for' }),
  })
  .openapi('SearchFilters')

export const SearchQuery = z
  .strictObject({
    pickup: Position,
    dropoff: Position,
    at: InstantInput.openapi({ type: 'string', format: 'date-time', description: 'Wanted time of the pickup' }),
    toleranceSeconds: z.int().min(60).max(MAX_TOLERANCE_SECONDS).default(DEFAULT_TOLERANCE_SECONDS),
    radiusMetres: z.int().min(100).max(MAX_RADIUS_METRES).optional().openapi({
      description: 'Longest walk at each end; else a sixth of the distance, within 2 and 25 km',
    }),
    seats: z.int().min(1).max(MAX_SEATS).default(1),
    filters: SearchFilters.default({}),
    full: z.boolean().default(false).openapi({
      description: 'Also rides without enough seats left; their quotes are good for the waitlist',
    }),
    limit: z.int().min(1).max(100).default(20),
    cursor: z.string().max(200).optional(),
  })
  .openapi('SearchQuery')

const MeetingPlace = z.object({
  position: Position,
  at: Instant,
  walk: z.int().openapi({ description: 'Straight metres from where the passenger wants to be' }),
})

export const SearchResult = z
  .object({
    rideId: Id,
    routeId: Id,
    driver: z.object({ id: Id, name: z.string().nullable() }),
    vehicle: z.object({ make: z.string(), model: z.string(), colour: z.string(), kind: VehicleKind }),
    womenOnly: z.boolean(),
    luggage: z.enum(LUGGAGE),
    amenities: z.array(Amenity),
    departsAt: Instant,
    bookingMode: z.enum(BOOKING_MODES),
    pickup: MeetingPlace,
    dropoff: MeetingPlace,
    legs: z.object({ from: z.int(), to: z.int() }),
    distance: z.int(),
    seatsLeft: z.int(),
    fare: Money.openapi({ description: 'For all seats asked for' }),
    quote: z.string().openapi({ description: 'Signed; bring it to POST /bookings before it expires' }),
    quoteExpiresAt: Instant,
  })
  .openapi('SearchResult')
