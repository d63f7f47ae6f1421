import type { Db } from '#db/client.ts'
import { canRideBeside, isSameGenderOnly } from '#packages/booking/same-gender.ts'
import { loadOfferedRides } from './load-offered-rides.ts'
import type { MatchedRide } from './match-candidate.ts'
import type { OfferedRideRow } from './offered-ride.ts'

/** A matched ride with enough seats on the passenger's legs. */
export interface Offer extends MatchedRide {
  ride: OfferedRideRow
  seatsLeft: number
  /** Somebody on these legs rides only with people of their own gender. */
  sameGenderOnly: boolean
}

interface Wanted {
  passengerId: string
  seats: number
  /** Whether rides without that many seats are wanted too. */
  full: boolean
  filters: { sameGender?: true | undefined }
}

/** Those of the matches that have the seats, and where nobody's wish keeps the passenger off, in their order. One statement, or none. */
export async function withSeats(
  { db, now }: { db: Db; now: number },
  matches: readonly MatchedRide[],
  { passengerId, seats, full, filters }: Wanted,
): Promise<Offer[]> {
  const ids = matches.flatMap(({ id, ride }) => (ride ? [] : [id]))
  const loaded = ids.length > 0 ? await loadOfferedRides(db, ids, { passengerId, now: new Date(now) }) : []
  const rides = new Map(loaded.map((ride) => [ride.rideId, ride]))
  return matches.flatMap((matched) => {
    const ride = matched.ride ?? rides.get(matched.id)
    if (!ride) return []
    const seatsLeft = Math.min(...ride.seatsLeft.slice(matched.match.legFrom, matched.match.legTo))
    const person = { gender: ride.passengerGender, sameGender: filters.sameGender ?? false }
    if (seatsLeft < (full ? 0 : seats) || !canRideBeside(person, matched.match, ride.aboard)) return []
    return [{ ...matched, ride, seatsLeft, sameGenderOnly: isSameGenderOnly(matched.match, ride.aboard) }]
  })
}
