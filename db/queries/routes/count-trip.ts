import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { acceptedStates } from '#packages/booking/states.ts'
import { CELLS_PER_DEGREE } from '#packages/routes/trip-cell.ts'

/** Counts one person more who searched for a trip between two cells in the week of this Monday. */
export async function countSearch(
  db: Db,
  trip: { fromCell: string; toCell: string; week: string },
): Promise<void> {
  await db.execute(sql`insert into popular_trips (from_cell, to_cell, week, searches)
    values (${trip.fromCell}, ${trip.toCell}, ${trip.week}::date, 1)
    on conflict (week, from_cell, to_cell) do update set searches = popular_trips.searches + 1`)
}

/** The cell of a place as `tripCell` names it. @param lat and lng columns */
export function cellAt(lat: string, lng: string): SQL {
  const part = (column: string) => sql.raw(`floor(${column} * ${CELLS_PER_DEGREE} + 0.5)::int`)
  return sql`${part(lat)} || ',' || ${part(lng)}`
}

/**
 * Counts how many people booked each trip in the week of this Monday, from the bookings made since then; what counts is the
 * person, not how often. Forgets weeks before `forgetBefore`.
 */
export async function recountBookings(
  db: Db,
  { week, since, forgetBefore }: { week: string; since: Date; forgetBefore: string },
): Promise<void> {
  await db.batch([
    db.execute(sql`insert into popular_trips (from_cell, to_cell, week, bookings)
      select ${cellAt('pickup_lat', 'pickup_lng')}, ${cellAt('dropoff_lat', 'dropoff_lng')}, ${week}::date, count(distinct passenger_id)
      from bookings booking
      where booking.id >= ${firstId(since)} and booking.created_at >= ${since}
        and booking.state in ${acceptedStates}
      group by 1, 2
      on conflict (week, from_cell, to_cell) do update set bookings = excluded.bookings`),
    db.execute(sql`delete from popular_trips where week < ${forgetBefore}::date`),
  ])
}

/** No UUIDv7 made from this instant on is smaller: the index of ids finds what is younger. */
function firstId(since: Date): string {
  const hex = since.getTime().toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
