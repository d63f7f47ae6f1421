/** Oil, tyres and wear come on top of fuel and tolls. */
export const COST_MARGIN = 1.15

export interface CostModel {
  /** Minor units. */
  fuelPricePerLitre: number
  kmPerLitre: number
  /** Minor units for the whole route. */
  tolls: number
  /** Seats offered to passengers. */
  seats: number
}

/**
 * The highest price per seat for a whole route, minor units: the trip's cost × 1.15, shared equally by everyone in a
 * full car. The driver rides too and pays a share, so the divisor is seats + 1: a full car still leaves the driver
 * part of the cost, and a ride stays cost sharing, not a business.
 * @throws RangeError for NaN, infinite or negative input, no mileage, or seats that are not a positive whole number
 */
export function priceCap(
  totalMetres: number,
  { fuelPricePerLitre, kmPerLitre, tolls, seats }: CostModel,
): number {
  for (const value of [totalMetres, fuelPricePerLitre, tolls]) {
    if (!(value >= 0 && Number.isFinite(value)))
      throw new RangeError('lengths and costs must be finite, not negative')
  }
  if (!(kmPerLitre > 0)) throw new RangeError('mileage must be positive')
  if (!Number.isSafeInteger(seats) || seats < 1)
    throw new RangeError('seats must be a whole number, at least one')
  const cost = (totalMetres / 1000 / kmPerLitre) * fuelPricePerLitre + tolls
  return Math.floor((cost * COST_MARGIN) / (seats + 1))
}
