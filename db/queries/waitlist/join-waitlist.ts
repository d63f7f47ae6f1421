import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, writeLocked } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { offeringUntil } from '#db/queries/seats/fitting-entry.ts'
import { lapseHolds } from '#db/queries/seats/lapse-holds.ts'
import { lockRideFor } from '#db/queries/seats/lock-ride.ts'
import { isForOthers, isOutdated } from '#db/queries/seats/quote-conditions.ts'
import { hasOtherDriver, passageOfQuote } from '#db/queries/seats/same-gender.ts'
import { activeStates } from '#packages/booking/states.ts'
import { type WaitlistOffer, WaitlistRow, waitlistView } from './waitlist-view.ts'

/**
 * Lines somebody up for the seats of a quote that can no longer be booked. Who came first has the smaller id.
 * Undefined: `inspectJoin` says why. Violates `waitlist_entries_one_open`.
 */
export function joinWaitlist(
  db: Db,
  id: string,
  quote: WaitlistOffer,
  now: Date,
): Promise<WaitlistRow | undefined> {
  const { passengerId, rideId, seats, legFrom, legTo } = quote
  const legs = sql`ride_legs where ride_id = rides.id and leg >= ${legFrom} and leg < ${legTo}`
  const write = sql`insert into waitlist_entries
      (id, ride_id, passenger_id, offer, seats, leg_from, leg_to, state, created_at, updated_at)
    select ${id}::uuid, rides.id, users.id, ${JSON.stringify(quote)}::jsonb, ${seats}::int, ${legFrom}::int, ${legTo}::int,
      'waiting', ${now}::timestamptz, ${now}::timestamptz
    from rides join routes on routes.id = rides.route_id
      join users on users.id = ${passengerId} and users.deleted_at is null
    where rides.id = ${rideId} and rides.status = 'scheduled' and rides.departs_at >= ${offeringUntil(now)}
      and rides.driver_id <> ${passengerId} and not ${isOutdated(quote)} and not ${isForOthers(quote)}
      and not ${isBlockedPair(sql`users.id`, sql`rides.driver_id`)}
      and not ${hasOtherDriver(passageOfQuote(quote, quote.sameGender))}
      and not exists (select 1 from bookings where quote_id = ${quote.id}
        or (ride_id = rides.id and passenger_id = users.id and state in ${activeStates}))
      and exists (select 1 from ${legs} and capacity - taken < ${seats})
      and (select count(*) from ${legs} and capacity >= ${seats}) = ${legTo}::int - ${legFrom}::int
    returning id`
  const before = [lockRideFor(passengerId, rideId), lapseHolds(rideId, now)] as const
  const view = sql`with entry as (select * from waitlist_entries where id = ${id}) ${waitlistView}`
  return writeLocked(db, { before, write, view }, WaitlistRow)
}

const JoinRow = z.object({
  ownRide: z.boolean(),
  forOthers: z.boolean(),
  /** The passenger wants to ride with their own gender only, and the driver is not known to be of it. */
  otherDriver: z.boolean(),
  /** Seats could still be offered before it departs, and neither of the two has blocked the other. */
  open: z.boolean(),
  outdated: z.boolean(),
  booked: z.boolean(),
  used: z.boolean(),
  /** The ride has so many seats at all. */
  fits: z.boolean(),
})

/** What tells why somebody was not put on the list. Undefined: there is no such ride. */
export function inspectJoin(
  db: Db,
  quote: WaitlistOffer,
  now: Date,
): Promise<z.infer<typeof JoinRow> | undefined> {
  return readRow(
    db,
    sql`select rides.driver_id = ${quote.passengerId} as "ownRide",
        rides.status = 'scheduled' and rides.departs_at >= ${offeringUntil(now)}
          and not ${isBlockedPair(sql`${quote.passengerId}::uuid`, sql`rides.driver_id`)} as open,
        ${isForOthers(quote)} as "forOthers",
        ${hasOtherDriver(passageOfQuote(quote, quote.sameGender))} as "otherDriver", ${isOutdated(quote)} as outdated,
        exists (select 1 from bookings where ride_id = rides.id and passenger_id = ${quote.passengerId}
          and state in ${activeStates}) as booked,
        exists (select 1 from bookings where quote_id = ${quote.id}) as used,
        not exists (select 1 from ride_legs where ride_id = rides.id and leg >= ${quote.legFrom}
          and leg < ${quote.legTo} and capacity < ${quote.seats}) as fits
      from rides join routes on routes.id = rides.route_id
      where rides.id = ${quote.rideId}`,
    JoinRow,
  )
}
