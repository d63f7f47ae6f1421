import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { isBlockedPair } from '#db/queries/blocks/blocked-pair.ts'
import { isForOthers, isOutdated } from '#db/queries/seats/quote-conditions.ts'
import { breaksWish, passageOfQuote, wishFails } from '#db/queries/seats/same-gender.ts'
import type { NewBooking } from './claim-seats.ts'

const ClaimRow = z.object({
  ownRide: z.boolean(),
  /** It is for women, and the passenger's profile does not say that they are one. */
  forOthers: z.boolean(),
  /** The passenger wants to ride with their own gender only, and cannot there. */
  wishFails: z.boolean(),
  /** Somebody there does, and the passenger is not known to be of theirs. */
  breaksWish: z.boolean(),
  /** The ride is still to depart, and neither of the two has blocked the other: which of them it is, nobody is told. */
  open: z.boolean(),
  /** The quote is of before the last change. */
  outdated: z.boolean(),
  cashAccepted: z.boolean(),
  /** The ids of the seats for passengers; null where the ride has no seat map. */
  seatIds: z.array(z.string()).nullable(),
})

/** What tells why a quote could not be booked. Undefined: there is no such ride. */
export function inspectClaim(
  db: Db,
  { quote, sameGender = false }: Pick<NewBooking, 'quote' | 'sameGender'>,
  now: Date,
): Promise<z.infer<typeof ClaimRow> | undefined> {
  const passage = passageOfQuote(quote, sameGender)
  return readRow(
    db,
    sql`select rides.driver_id = ${quote.passengerId} as "ownRide",
        ${isForOthers(quote)} as "forOthers",
        ${wishFails(passage)} as "wishFails", ${breaksWish(passage)} as "breaksWish",
        rides.status = 'scheduled' and rides.departs_at > ${now}
          and not ${isBlockedPair(sql`${quote.passengerId}::uuid`, sql`rides.driver_id`)} as open,
        ${isOutdated(quote)} as outdated, routes.cash_accepted as "cashAccepted",
        (select jsonb_agg(place -> 'id') from seat_maps map, jsonb_array_elements(map.seats) place
          where map.vehicle_id = rides.vehicle_id and map.version = rides.seat_map_version
            and place ->> 'kind' = 'passenger') as "seatIds"
      from rides join routes on routes.id = rides.route_id
      where rides.id = ${quote.rideId}`,
    ClaimRow,
  )
}
