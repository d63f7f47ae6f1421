/** Nobody rides a part for less than this many paise, unless the whole route costs less. */
export const MIN_FARE = 1_000
/** A segment may be longer than the route by so much, for sums of rounded legs. */
const ROUNDING_METRES = 1

/**
 * Fare for some seats on a part of a route, minor units: the price's share by distance, rounded per seat, at least
 * MIN_FARE, never above the whole route's price per seat.
 * @param pricePerSeat for the whole route, whole minor units
 * @throws RangeError for amounts or seats that are not whole, negative or NaN lengths, or a part longer than its route
 */
export function segmentFare(
  pricePerSeat: number,
  segmentMetres: number,
  totalMetres: number,
  seats: number,
): number {
  if (!Number.isSafeInteger(pricePerSeat) || pricePerSeat < 0)
    throw new RangeError('price must be whole minor units')
  if (!Number.isSafeInteger(seats) || seats < 1)
    throw new RangeError('seats must be a whole number, at least one')
  if (!(totalMetres > 0 && Number.isFinite(totalMetres))) throw new RangeError('the route must have a length')
  if (!(segmentMetres >= 0 && segmentMetres <= totalMetres + ROUNDING_METRES)) {
    throw new RangeError('the segment must lie within the route')
  }
  const share = Math.round((pricePerSeat * segmentMetres) / totalMetres)
  return Math.min(pricePerSeat, Math.max(MIN_FARE, share)) * seats
}
