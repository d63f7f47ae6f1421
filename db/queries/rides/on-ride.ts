import { type SQL, sql } from 'drizzle-orm'
import { ridingStates } from '#packages/booking/states.ts'

/** A condition on a row of `rides` called `ride`: this person is a passenger with a seat that is theirs for sure. */
export function isRiding(personId: SQL): SQL {
  return sql`exists (select 1 from bookings seat where seat.ride_id = ride.id
    and seat.passenger_id = ${personId} and seat.state in ${ridingStates})`
}

/** A condition on a row of `rides` called `ride`: this person drives it, or rides along. */
export const isOnRide = (personId: SQL): SQL => sql`(ride.driver_id = ${personId} or ${isRiding(personId)})`

/** The ids of the rides that this person drives or ever asked for a seat on, by two indexes. */
export function ridesOf(personId: string): SQL {
  return sql`select id from rides where driver_id = ${personId}
    union select ride_id from bookings where passenger_id = ${personId}`
}
