import { type SQL, sql } from 'drizzle-orm'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { OFFER_ENDS_BEFORE_MS, SHORTEST_OFFER_MS } from '#packages/booking/offer-window.ts'
import { activeStates } from '#packages/booking/states.ts'
import { keepsWishes, passageOfEntry } from './same-gender.ts'

/** Rides that depart later than this may still have seats offered to who waits. */
export function offeringUntil(now: Date): Date {
  return new Date(now.getTime() + OFFER_ENDS_BEFORE_MS + SHORTEST_OFFER_MS)
}

/**
 * A condition on a row of `waitlist_entries` called `entry`: there are seats for it that could be offered now, and nothing came
 * between its passenger and the ride. Holds that have lapsed were ended before (`lapseHolds`).
 */
export function fitsEntry(now: Date): SQL {
  return sql`(entry.state = 'waiting'
    and (select count(*) from ride_legs leg where leg.ride_id = entry.ride_id and leg.leg >= entry.leg_from
      and leg.leg < entry.leg_to and leg.capacity - leg.taken >= entry.seats) = entry.leg_to - entry.leg_from
    and exists (select 1 from rides join routes on routes.id = rides.route_id
      join users on users.id = entry.passenger_id and users.deleted_at is null and users.banned_at is null
      where rides.id = entry.ride_id and rides.status = 'scheduled' and rides.departs_at >= ${offeringUntil(now)}
        and (not routes.women_only or users.gender = 'female')
        and not ${isBlockedPair(sql`entry.passenger_id`, sql`rides.driver_id`)})
    and ${keepsWishes(passageOfEntry('entry'))}
    and not exists (select 1 from bookings mine where mine.ride_id = entry.ride_id
      and mine.passenger_id = entry.passenger_id and mine.state in ${activeStates}))`
}
