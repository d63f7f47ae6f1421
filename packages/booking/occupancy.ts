export interface LegSeats {
  capacity: number
  taken: number
}

/**
 * Seats free on every leg of [from, to): the least over those legs, so a seat is sold again after its passenger leaves.
 * @throws RangeError for an empty range or one outside the ride
 */
export function seatsLeft(legs: readonly LegSeats[], from: number, to: number): number {
  if (!(Number.isInteger(from) && Number.isInteger(to) && from >= 0 && from < to && to <= legs.length)) {
    throw new RangeError(`no legs [${from}, ${to}) in ${legs.length}`)
  }
  return Math.min(...legs.slice(from, to).map(({ capacity, taken }) => capacity - taken))
}
