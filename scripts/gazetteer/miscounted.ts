/**
 * Towns that GeoNames gives the people of their district, or a slip of the keyboard, which put them before cities; by its id, what they
 * have about, rounded after the Census of India 2011.
 */
export const MISCOUNTED: Readonly<Record<number, number>> = {
  /** Theni, 1,034,724 */
  1254745: 94_000,
  /** Punasa, 350,000 */
  1259239: 10_000,
  /** Nabarangpur, 1,220,946 */
  1261162: 37_000,
  /** Gorakhpur in Haryana, 1,324,570: the city is that of Uttar Pradesh. */
  1270926: 20_000,
  /** Bilimora, 510,879 */
  1275610: 53_000,
}
