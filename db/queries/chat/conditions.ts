import { type SQL, sql } from 'drizzle-orm'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isKnownToDriver } from '#db/queries/bookings/known-to-driver.ts'
import { isOnRide } from '#db/queries/rides/on-ride.ts'
import { OPEN_AFTER_RIDE_MS } from '#packages/chat/limits.ts'
import { BOOKED_STATES } from '#packages/chat/may-write.ts'

/** What `packages/chat/may-write.ts` says, as conditions on a row of `rides` called `ride`: they hold when the row is written. */

/** People of the ride may still write. */
export const isOpen = (now: Date): SQL =>
  sql`coalesce(ride.ended_at, ride.arrives_at) > ${new Date(now.getTime() - OPEN_AFTER_RIDE_MS)}`

/** It can be booked. */
export const isOffered = (now: Date): SQL => sql`(ride.status = 'scheduled' and ride.departs_at > ${now})`

/** The ride is for women, and this person's profile does not say that she is one. */
export const isForOthers = (userId: string): SQL =>
  sql`(exists (select 1 from routes where routes.id = ride.route_id and routes.women_only)
    and not exists (select 1 from users where users.id = ${userId} and users.gender = 'female'))`

/** The ride was cancelled, and with it a booking of this person. */
const wasDropped = (userId: SQL) =>
  sql`(ride.status = 'cancelled' and exists (select 1 from bookings where bookings.ride_id = ride.id
    and bookings.passenger_id = ${userId} and bookings.state = 'cancelled' and bookings.updated_at >= ride.ended_at))`

/**
 * A condition on a row of `conversation_members`, with its `conversation` and `ride`: they take part. Of a group the row alone
 * does not say so, as it is brought up to date only when somebody writes.
 * @param member what the row is called
 */
export function isIn(member: string): SQL {
  const userId = sql.raw(`${member}.user_id`)
  return sql`(${sql.raw(member)}.left_at is null
    and (conversation.kind = 'direct' or ${isOnRide(userId)} or ${wasDropped(userId)}))`
}

/** The person has, or had, a booking that was not turned down, and of which the driver knows. */
export const hasBooked = (userId: SQL): SQL =>
  sql`exists (select 1 from bookings where bookings.ride_id = ride.id and bookings.passenger_id = ${userId}
    and bookings.state in ${BOOKED_STATES} and ${isKnownToDriver('bookings')})`

/** The person is there to be written to: neither deleted nor banned. */
export const isThere = (userId: SQL): SQL =>
  sql`exists (select 1 from users where users.id = ${userId} and users.deleted_at is null and users.banned_at is null)`

/** Two people may write to each other. */
export const areFree = (writer: SQL, receiver: SQL): SQL =>
  sql`(${isThere(receiver)} and not ${isBlockedPair(writer, receiver)})`
