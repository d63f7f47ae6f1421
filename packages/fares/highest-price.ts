import { priceCap } from './price-cap.ts'

/** Paise a litre, a usual price of petrol in an Indian town in 2026. */
const FUEL_PRICE_PER_LITRE = 10_500
const KM_PER_LITRE = 15
/** Paise a metre: about ₹2 a kilometre on tolled highways. */
const TOLL_PER_METRE = 0.2

/** The highest price of a seat on a route of this length, in paise, so that sharing a ride stays sharing its cost. */
export function highestPrice(totalMetres: number, seats: number): number {
  const tolls = Math.round(totalMetres * TOLL_PER_METRE)
  return priceCap(totalMetres, {
    fuelPricePerLitre: FUEL_PRICE_PER_LITRE,
    kmPerLitre: KM_PER_LITRE,
    tolls,
    seats,
  })
}
