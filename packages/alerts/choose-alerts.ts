import type { Pair } from './find-pairs.ts'
import { MAX_MATCHES, MESSAGES_PER_HOUR } from './limits.ts'

/** A ride that was found for a saved search, and which of the two sides is told at once. */
export interface Alert extends Pair {
  toPassenger: boolean
  toDriver: boolean
}

/** What there was before. */
export interface Before {
  /** Whether this pair was found already. */
  isKnown(pair: Pair): boolean
  /** Rides that were found for a saved search. */
  matches(savedSearchId: string): number
  /** Alerts of this hour, of which the first few were told. */
  passengerAlerts(userId: string): number
  driverAlerts(driverId: string): number
}

/**
 * What is new of the pairs: the rides that depart first, up to MAX_MATCHES for a saved search. MESSAGES_PER_HOUR of a
 * person's alerts are told, the first ones of the hour; as a passenger and as a driver each.
 */
export function chooseAlerts(pairs: readonly Pair[], before: Before): Alert[] {
  const [matches, ofPassengers, ofDrivers] = [
    counter((id) => before.matches(id)),
    counter((id) => before.passengerAlerts(id)),
    counter((id) => before.driverAlerts(id)),
  ]
  return pairs
    .filter((pair) => !before.isKnown(pair))
    .toSorted((a, b) => a.departsAt - b.departsAt)
    .filter(({ savedSearchId }) => matches(savedSearchId) <= MAX_MATCHES)
    .map((pair) => ({
      ...pair,
      toPassenger: ofPassengers(pair.userId) <= MESSAGES_PER_HOUR,
      toDriver: ofDrivers(pair.driverId) <= MESSAGES_PER_HOUR,
    }))
}

/** Counts on, for each id from where it stood. */
function counter(start: (id: string) => number): (id: string) => number {
  const counts = new Map<string, number>()
  return (id) => {
    const count = (counts.get(id) ?? start(id)) + 1
    counts.set(id, count)
    return count
  }
}
