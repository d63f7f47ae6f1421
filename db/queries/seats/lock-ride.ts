import { type SQL, sql } from 'drizzle-orm'

/**
 * Everything that changes who sits where on a ride takes this lock first, and then sees all that was done before: so
 * seats are given out one after the other, and neither counts nor named seats can cross. Taken before any lock on
 * bookings, named seats and legs.
 */
export function lockRide(rideId: string | SQL): SQL {
  return sql`select 1 from rides where id = ${rideId} for no key update`
}

/** As `lockRide`, for the ride of a booking. */
export function lockRideOf(bookingId: string): SQL {
  return lockRide(sql`(select ride_id from bookings where id = ${bookingId})`)
}

/**
 * As `lockRide`, for a passenger who takes seats, whose account is held first: who deletes it, or says in its profile that it
 * is no woman's, waits for their booking, or this waits for them and finds nobody, or no woman.
 */
export function lockRideFor(passengerId: string, rideId: string): SQL {
  return sql`with person as (select id from users where id = ${passengerId} and deleted_at is null for share)
    select 1 from rides where id = ${rideId} and (select count(*) from person) = 1 for no key update`
}

/** As `lockRideOf`, for a passenger whose payment confirms the booking; their account is held as in `lockRideFor`. */
export function lockRideOfPayer(bookingId: string): SQL {
  return sql`with person as (
      select users.id from bookings join users on users.id = bookings.passenger_id where bookings.id = ${bookingId} for share of users
    )
    select 1 from rides where id = (select ride_id from bookings where id = ${bookingId}) and (select count(*) from person) >= 0
    for no key update`
}
