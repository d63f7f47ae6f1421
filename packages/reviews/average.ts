/** Decimals of an average: enough to rank by, and to round for showing. */
const DECIMALS = 2

/** The average of so many reviews with so many stars together, to two decimals; null where there is none. */
export function averageStars(stars: number, reviews: number): number | null {
  return reviews === 0 ? null : Number((stars / reviews).toFixed(DECIMALS))
}
