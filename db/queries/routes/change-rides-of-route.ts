import { type SQL, sql } from 'drizzle-orm'
import { tellBookings } from '#db/queries/outbox/tell.ts'
import { hasPassengers, holdsSeats } from '#db/queries/rides/holds-seats.ts'

/** What decides, beside the way and the time, whom a ride of a route serves. */
const OFFER_COLUMNS = ['seats', 'price_per_seat', 'booking_mode', 'women_only', 'amenities']

/**
 * CTEs by which the rides ahead of the route in the CTE `route` follow its change: those without passengers get the `vehicle`,
 * all of them the seats; passengers are told of other luggage and notes, as they were in `former`. Where they may serve others
 * than before, the saved searches are looked through again. The rides are locked.
 */
export function changeRidesOfRoute(changes: { seats: boolean; vehicle: boolean }, now: Date): SQL {
  const moves = changes.vehicle
    ? sql`vehicle_id = case when ahead.sold then rides.vehicle_id else vehicle.id end,
        seat_map_version = case when ahead.sold then rides.seat_map_version else vehicle.seat_map_version end,`
    : sql``
  const offer = (row: string) => sql.raw(`(${OFFER_COLUMNS.map((column) => `${row}.${column}`).join(', ')})`)
  const resizes = changes.seats
    ? sql`resized as (
      update ride_legs set capacity = least(route.seats, ahead.vehicle_seats)
      from ahead, route where ride_legs.ride_id = ahead.id
    ),`
    : sql``
  return sql`ahead as (
      select ride.id, ride.sold, case when ride.sold then own.seats else vehicle.seats end as vehicle_seats
      from (
        select ride.*, ${hasPassengers('ride', now)} as sold
        from route join rides ride on ride.route_id = route.id and ride.status = 'scheduled'
      ) ride join vehicles own on own.id = ride.vehicle_id, vehicle
    ), moved as (
      update rides set ${moves} matched_at = null
      from ahead, vehicle, route join former using (id)
      where rides.id = ahead.id and (${changes.vehicle} or ${offer('route')} is distinct from ${offer('former')})
    ), ${resizes} news as (
      select 'luggage' as kind, former.luggage as before, route.luggage as after from route join former using (id)
      union all select 'notes', former.notes, route.notes from route join former using (id)
    ), changes as (
      insert into ride_changes (id, ride_id, kind, material, details, at)
      select gen_random_uuid(), ahead.id, kind, false, jsonb_build_object('from', before, 'to', after), ${now}::timestamptz
      from ahead, news where ahead.sold and before is distinct from after
      returning ride_id
    ), concerned as (
      select booking.* from bookings booking
      where booking.ride_id in (select ride_id from changes) and ${holdsSeats('booking', now)}
    ), told as (${tellBookings('concerned', 'booking.updated', now)})`
}
