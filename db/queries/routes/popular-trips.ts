import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { MIN_FARE } from '#packages/fares/segment-fare.ts'
import { CELLS_PER_DEGREE, MIN_PEOPLE } from '#packages/routes/trip-cell.ts'
import { cellAt } from './count-trip.ts'

/** How many trips are told. */
const TRIPS_SHOWN = 20
/** A booking says more than a search. */
const BOOKING_WEIGHT = 5
/** No point of a cell is farther from its middle, at any latitude. */
const CELL_RADIUS_METRES = 8_000
/** Routes that are looked at for one trip; more only make it slower. */
const ROUTES_PER_TRIP = 200

const PopularRow = z.object({
  fromCell: z.string(),
  toCell: z.string(),
  fromName: z.string().nullable(),
  toName: z.string().nullable(),
  rides: z.coerce.number(),
  lowestFare: z.coerce.number().nullable(),
})
export type PopularRow = z.infer<typeof PopularRow>

const middle = (cell: string) =>
  sql.raw(`ST_SetSRID(ST_MakePoint(split_part(trip.${cell}, ',', 2)::float8 / ${CELLS_PER_DEGREE},
    split_part(trip.${cell}, ',', 1)::float8 / ${CELLS_PER_DEGREE}), 4326)::geography`)
const cellOfStop = (stop: string) => cellAt(`${stop}.lat`, `${stop}.lng`)

/** The name that most drivers use for a stop in the cell, if enough do. */
const nameOf = (stop: string) => sql`(
  select ${sql.raw(stop)}_name from passing group by 1
  having count(distinct driver_id) >= ${MIN_PEOPLE} order by count(distinct driver_id) desc, 1 limit 1)`

/**
 * What people searched for and booked most in the weeks since that Monday, with what is offered for it from now until `until`.
 * A trip that in no week enough people wanted is left out.
 */
export function loadPopularTrips(db: Db, since: string, now: Date, until: Date): Promise<PopularRow[]> {
  return readRows(
    db,
    sql`select trip.from_cell as "fromCell", trip.to_cell as "toCell", offered.*
      from (
        select from_cell, to_cell, sum(searches) + ${BOOKING_WEIGHT} * sum(bookings) as weight
        from popular_trips where week >= ${since}::date and from_cell <> to_cell
        group by from_cell, to_cell
        having max(greatest(searches, bookings)) >= ${MIN_PEOPLE}
        order by weight desc, from_cell, to_cell limit ${TRIPS_SHOWN}
      ) trip
      cross join lateral (
        with passing as (
          select distinct on (route.id) route.id, route.driver_id, start.name as start_name, finish.name as finish_name,
            (select count(*) from rides where route_id = route.id and status = 'scheduled'
              and departs_at > ${now} and departs_at <= ${until}) as rides,
            least(route.price_per_seat, greatest(${MIN_FARE}, round(route.price_per_seat::numeric
              * (route.vertex_metres[finish.vertex + 1] - route.vertex_metres[start.vertex + 1])
              / route.vertex_metres[cardinality(route.vertex_metres)]))) as fare
          from routes route
          join route_stops start on start.route_id = route.id and ${cellOfStop('start')} = trip.from_cell
          join route_stops finish on finish.route_id = route.id and ${cellOfStop('finish')} = trip.to_cell
            and finish.position > start.position
          where route.archived_at is null
            and ST_DWithin(route.path, ${middle('from_cell')}, ${CELL_RADIUS_METRES})
            and ST_DWithin(route.path, ${middle('to_cell')}, ${CELL_RADIUS_METRES})
          order by route.id, fare limit ${ROUTES_PER_TRIP}
        )
        select ${nameOf('start')} as "fromName", ${nameOf('finish')} as "toName",
          coalesce(sum(rides), 0) as rides, min(fare) filter (where rides > 0) as "lowestFare"
        from passing
      ) offered
      order by trip.weight desc, trip.from_cell, trip.to_cell`,
    PopularRow,
  )
}
