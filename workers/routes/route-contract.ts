import { z } from '@hono/zod-openapi'
import { BOOKING_MODES, LUGGAGE, VEHICLE_FEATURES } from '#db/schema/index.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { ROAD_SOURCES } from '#packages/routes/roads-port.ts'
import { MAX_SEATS } from '../http/limits.ts'
import { Rating } from '../http/rating.ts'
import { areDistinct, Id, Instant, InstantInput, line, Money, orNull, Position } from '../http/shapes.ts'
import { NewSchedule, Schedule } from './schedule-contract.ts'

const MAX_STOPS = 20
/** The most that a driver goes out of the way for all pickups together, seconds. */
const MAX_DETOUR_SECONDS = 3_600

const Stop = z.strictObject({ name: line(120), position: Position }).openapi('Stop')
const Stops = z.array(Stop).min(2).max(MAX_STOPS)
const Departure = InstantInput.openapi({
  type: 'string',
  format: 'date-time',
  description: 'Of a single ride; a weekly one has a `schedule` instead',
})
const Price = Money.openapi({ description: 'For the whole route; parts cost their share by distance' })
const Amenities = z
  .array(z.enum(VEHICLE_FEATURES))
  .max(VEHICLE_FEATURES.length)
  .refine(areDistinct, 'Each once')

/** Exactly one of the two says when it goes. */
function saysWhen(given: { departsAt?: unknown; schedule?: unknown }, ctx: z.RefinementCtx): void {
  const [path, message] =
    given.departsAt === undefined ? ['departsAt', 'This or `schedule`'] : ['schedule', 'Not with `departsAt`']
  if ((given.departsAt === undefined) === (given.schedule === undefined))
    ctx.addIssue({ code: 'custom', path: [path], message })
}

const WayBack = z
  .strictObject({
    departsAt: Departure.optional(),
    schedule: NewSchedule.optional(),
    stops: Stops.optional().openapi({ description: 'Left out: those of the way there, the last one first' }),
    pricePerSeat: Price.optional().openapi({
      description: 'Left out: as on the way there, within its own limit',
    }),
  })
  .superRefine(saysWhen)
  .openapi('WayBack')

export const NewRoute = z
  .strictObject({
    vehicleId: Id,
    stops: Stops,
    departsAt: Departure.optional(),
    schedule: NewSchedule.optional(),
    seats: z.int().min(1).max(MAX_SEATS),
    pricePerSeat: Price,
    bookingMode: z.enum(BOOKING_MODES),
    luggage: z.enum(LUGGAGE).default('medium').openapi({ description: 'What each passenger may bring' }),
    womenOnly: z.boolean().default(false).openapi({ description: 'Only women can offer and book it' }),
    cashAccepted: z
      .boolean()
      .default(true)
      .openapi({ description: 'Passengers may pay in cash; else only online' }),
    detourSeconds: z.int().min(0).max(MAX_DETOUR_SECONDS).default(0).openapi({
      description: 'How far out of the way for all pickups together',
    }),
    amenities: Amenities.optional().openapi({ description: 'Left out: the features of the vehicle' }),
    notes: line(500).optional(),
    return: WayBack.optional().openapi({
      description: 'The way back, published with it as a route of its own',
    }),
  })
  .superRefine(saysWhen)
  .openapi('NewRoute')

export const RouteChange = z
  .strictObject({
    vehicleId: Id.optional(),
    stops: Stops.optional().openapi({
      description: 'New names at any time; new places only before anybody has booked',
    }),
    schedule: NewSchedule.optional().openapi({ description: 'Replaces the pattern of a weekly route' }),
    seats: z.int().min(1).max(MAX_SEATS).optional(),
    pricePerSeat: Price.optional(),
    bookingMode: z.enum(BOOKING_MODES).optional(),
    luggage: z.enum(LUGGAGE).optional(),
    womenOnly: z.boolean().optional(),
    cashAccepted: z.boolean().optional(),
    detourSeconds: z.int().min(0).max(MAX_DETOUR_SECONDS).optional(),
    amenities: Amenities.optional(),
    notes: line(500).nullish(),
  })
  .openapi('RouteChange')

export const Route = z
  .object({
    id: Id,
    driver: z.object({ id: Id, name: z.string().nullable(), rating: Rating }),
    vehicleId: Id,
    stops: z.array(
      z.object({
        name: z.string(),
        position: Position,
        distance: z.int().openapi({ description: 'Metres from the start' }),
        duration: z.int().openapi({ description: 'Driving seconds from the start' }),
      }),
    ),
    path: z.string().openapi({ description: 'Google encoded polyline, precision 5' }),
    pathSource: z.enum(ROAD_SOURCES).openapi({
      description: 'Straight lines where no road was to be had: `great_circle`',
    }),
    seats: z.int(),
    pricePerSeat: Money,
    bookingMode: z.enum(BOOKING_MODES),
    notes: z.string().nullable(),
    luggage: z.enum(LUGGAGE),
    womenOnly: z.boolean(),
    cashAccepted: z.boolean(),
    detourSeconds: z.int(),
    amenities: z.array(z.enum(VEHICLE_FEATURES)),
    schedule: orNull(Schedule),
    skippedDays: z.array(z.iso.date()).openapi({
      description:
        'Days of the pattern that have no ride, because the driver drives another one then or their papers were not in order',
    }),
    returnOf: Id.nullable().openapi({ description: 'The route that this one is the way back of' }),
    returnRouteId: Id.nullable().openapi({ description: 'The way back' }),
    rides: z
      .array(
        z.object({
          id: Id,
          departsAt: Instant,
          status: z.enum(rideStates),
          scheduleDay: z.iso.date().nullable(),
        }),
      )
      .openapi({ description: 'All that are ahead, and the latest before' }),
    createdAt: Instant,
    updatedAt: Instant.nullable(),
  })
  .openapi('Route')
