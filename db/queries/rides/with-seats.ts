import type { Db } from '#db/client.ts'
import { loadOfferedRides } from './load-offered-rides.ts'
import type { MatchedRide } from './match-candidate.ts'
import type { OfferedRideRow } from './offered-ride.ts'

/** A matched ride with enough seats on the passenger's legs. */
export interface Offer extends MatchedRide {
  ride: OfferedRideRow
  seatsLeft: number
}

/** Those of the matches that have the seats that are asked for (or any, where `full` ones are wanted too), in their order. One statement, or none. */
export async function withSeats(
  { db, now }: { db: Db; now: number },
  matches: readonly MatchedRide[],
  { seats, full }: { seats: number; full: boolean },
): Promise<Offer[]> {
  const ids = matches.flatMap(({ id, ride }) => (ride ? [] : [id]))
  const loaded = ids.length > 0 ? await loadOfferedRides(db, ids, new Date(now)) : []
  const rides = new Map(loaded.map((ride) => [ride.rideId, ride]))
  return matches.flatMap((matched) => {
    const ride = matched.ride ?? rides.get(matched.id)
    if (!ride) return []
    const seatsLeft = Math.min(...ride.seatsLeft.slice(matched.match.legFrom, matched.match.legTo))
    return seatsLeft < (full ? 0 : seats) ? [] : [{ ...matched, ride, seatsLeft }]
  })
}
