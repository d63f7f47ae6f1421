import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { RatingRow, ratingOf } from '#db/queries/reviews/rating-view.ts'
import { StoredWayRow, wayColumns } from '#db/queries/rides/stored-way.ts'
import { BOOKING_MODES, LUGGAGE, VEHICLE_FEATURES } from '#db/schema/index.ts'
import { rideStates } from '#packages/ride/transition.ts'
import { ROAD_SOURCES } from '#packages/routes/roads-port.ts'

/** So many of a route's rides are shown, the latest: all that are ahead, and some that were. */
const RIDES_SHOWN = 40

export const ScheduleRow = z.object({
  weekdays: z.array(z.number()),
  departs: z.string(),
  from: z.string(),
  until: z.string().nullable(),
  exceptions: z.array(z.object({ day: z.string(), departs: z.string().nullable() })),
  /** Rides are made up to and with this day. */
  madeUntil: z.string().nullable(),
})

export const RouteRow = StoredWayRow.extend({
  id: z.string(),
  driverId: z.string(),
  driverName: z.string().nullable(),
  driverRating: RatingRow,
  vehicleId: z.string(),
  seats: z.number(),
  pricePerSeat: z.number(),
  currency: z.string(),
  bookingMode: z.enum(BOOKING_MODES),
  notes: z.string().nullable(),
  luggage: z.enum(LUGGAGE),
  womenOnly: z.boolean(),
  cashAccepted: z.boolean(),
  detourSeconds: z.number(),
  amenities: z.array(z.enum(VEHICLE_FEATURES)),
  pathSource: z.enum(ROAD_SOURCES),
  schedule: ScheduleRow.nullable(),
  rides: z.array(
    z.object({
      id: z.string(),
      departsAt: z.coerce.date(),
      status: z.enum(rideStates),
      scheduleDay: z.string().nullable(),
    }),
  ),
  returnOf: z.string().nullable(),
  /** The way back. */
  returnRouteId: z.string().nullable(),
  createdAt: z.coerce.date(),
  updatedAt: z.coerce.date().nullable(),
})
export type RouteRow = z.infer<typeof RouteRow>

const timeOfDay = (column: string) => sql.raw(`to_char(${column}, 'HH24:MI')`)

/** A row of `route_schedules` called `schedule` as a ScheduleRow. */
export const scheduleJson = sql`jsonb_build_object('weekdays', schedule.weekdays,
    'departs', ${timeOfDay('schedule.departs')}, 'from', schedule.valid_from, 'until', schedule.valid_until,
    'madeUntil', schedule.made_until,
    'exceptions', coalesce((select jsonb_agg(jsonb_build_object('day', day, 'departs', ${timeOfDay('departs')}) order by day)
      from schedule_exceptions where route_id = schedule.route_id), '[]'))`

/** Reads RouteRows of the rows of `routes`, called `route`, that the rest of the statement chooses. */
export const routeView = sql`select route.id, route.driver_id as "driverId", person.name as "driverName",
    ${ratingOf('route.driver_id', 'driver')} as "driverRating", route.vehicle_id as "vehicleId", route.seats, route.price_per_seat as "pricePerSeat", route.currency,
    route.booking_mode as "bookingMode", route.notes, route.luggage, route.women_only as "womenOnly",
    route.cash_accepted as "cashAccepted",    route.detour_seconds as "detourSeconds", to_jsonb(route.amenities) as amenities, route.path_source as "pathSource",
    ${wayColumns},
    route.return_of as "returnOf", route.created_at as "createdAt", route.updated_at as "updatedAt",
    (select ${scheduleJson} from route_schedules schedule where schedule.route_id = route.id) as schedule,
    (select way_back.id from routes way_back where way_back.return_of = route.id and way_back.archived_at is null
      order by way_back.id limit 1) as "returnRouteId",
    coalesce((select jsonb_agg(jsonb_build_object('id', id, 'departsAt', departs_at, 'status', status,
        'scheduleDay', schedule_day) order by departs_at)
      from (select * from rides where route_id = route.id order by departs_at desc limit ${RIDES_SHOWN}) ride), '[]') as rides
  from routes route join users person on person.id = route.driver_id`
