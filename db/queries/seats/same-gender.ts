import { type SQL, sql } from 'drizzle-orm'
import { activeStates } from '#packages/booking/states.ts'
import type { OpenQuote } from '#packages/quotes/quote.ts'

/** Somebody's legs [legFrom, legTo) of a ride, and whether they ride there only with people of their own gender. */
export interface Passage {
  ride: SQL
  passenger: SQL
  legFrom: SQL
  legTo: SQL
  /** Whether they wish it. */
  sameGender: SQL
}

/** The passage of a row of `bookings` with this name. */
export function passageOf(booking: string): Passage {
  const of = (column: string) => sql.raw(`${booking}.${column}`)
  const [ride, passenger] = [of('ride_id'), of('passenger_id')]
  return { ride, passenger, legFrom: of('leg_from'), legTo: of('leg_to'), sameGender: of('same_gender') }
}

/** The passage that a quote is for. */
export function passageOfQuote({ rideId, passengerId, ...quote }: OpenQuote, sameGender: boolean): Passage {
  return {
    ...{ ride: sql`${rideId}::uuid`, passenger: sql`${passengerId}::uuid` },
    ...{ legFrom: sql`${quote.legFrom}::int`, legTo: sql`${quote.legTo}::int` },
    sameGender: sql`${sameGender}::boolean`,
  }
}

/** The passage of a row of `waitlist_entries` with this name. */
export function passageOfEntry(entry: string): Passage {
  const of = (column: string) => sql.raw(`${entry}.${column}`)
  return {
    ...{ ride: of('ride_id'), passenger: of('passenger_id'), legFrom: of('leg_from'), legTo: of('leg_to') },
    sameGender: wishOf(entry),
  }
}

/** Whether somebody waits with the wish, of a row of `waitlist_entries` with this name. */
export const wishOf = (entry: string): SQL =>
  sql`coalesce((${sql.raw(entry)}.offer ->> 'sameGender')::boolean, false)`

const genderOf = (person: SQL): SQL => sql`(select self.gender from users self where self.id = ${person})`

/** Who has not said their gender is like nobody. */
const isLike = (one: SQL, other: SQL): SQL => sql`((${one} = ${other}) is true)`

/**
 * The others on these legs, with their profiles as `companion`. Every hold counts, also one that lapsed and was not ended yet: a
 * payment that comes late may still keep it.
 */
const others = ({ ride, passenger, legFrom, legTo }: Passage): SQL => sql`bookings aboard
  join users companion on companion.id = aboard.passenger_id
  where aboard.ride_id = ${ride} and aboard.passenger_id <> ${passenger} and aboard.state in ${activeStates}
    and aboard.leg_from < ${legTo} and aboard.leg_to > ${legFrom}`

/** A condition: the wish cannot hold with this driver, for one of the two is of another gender or did not say. */
export function hasOtherDriver({ ride, passenger, sameGender }: Passage): SQL {
  const driver = sql`(select driven.driver_id from rides driven where driven.id = ${ride})`
  return sql`(${sameGender} and not ${isLike(genderOf(driver), genderOf(passenger))})`
}

/** A condition: the wish cannot hold on these legs now, for the driver or somebody there is of another gender or did not say. */
export function wishFails(passage: Passage): SQL {
  return sql`(${hasOtherDriver(passage)} or (${passage.sameGender} and exists (select 1 from ${others(passage)}
    and not ${isLike(sql`companion.gender`, genderOf(passage.passenger))})))`
}

/** A condition: somebody on these legs rides only with people of their own gender, and this person is not known to be one. */
export function breaksWish(passage: Passage): SQL {
  return sql`exists (select 1 from ${others(passage)} and aboard.same_gender
    and not ${isLike(sql`companion.gender`, genderOf(passage.passenger))})`
}

/**
 * A condition: with this passenger on board everybody's wish holds, theirs too. The lock of the ride is held (`lockRide`) where
 * seats are taken, and a gender does not change under it (`saveProfile`).
 */
export function keepsWishes(passage: Passage): SQL {
  return sql`(not ${wishFails(passage)} and not ${breaksWish(passage)})`
}
