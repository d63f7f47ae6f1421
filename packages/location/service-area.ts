import type { Position } from '#packages/geo/position.ts'

/**
 * The mainland, as lng, lat, lng, lat and so on: Natural Earth 1:50m (public domain), 20 km wider, then simplified so that
 * nobody at a border or on a coast is left out. It is where we serve, and says nothing about where a border runs.
 */
const MAINLAND: readonly number[] = [
  67.97, 23.82, 68.08, 23.49, 68.69, 22.92, 69.59, 22.59, 68.93, 22.57, 68.82, 22.14, 70.4, 20.68, 70.91, 20.54,
  71.46, 20.7, 72.16, 21.04, 72.43, 21.45, 72.7, 20.67, 72.48, 19.79, 73.29, 16.02, 74.2, 14.43, 74.78, 12.48,
  75.56, 11.27, 76.38, 8.84, 76.96, 8.17, 77.55, 7.9, 78.16, 8.23, 78.5, 8.94, 79.54, 9.07, 79.49, 9.37, 79.11,
  9.51, 79.44, 10.12, 80, 10.24, 79.95, 11.65, 80.53, 13.33, 80.24, 15.07, 80.45, 15.6, 81.05, 15.59, 81.41,
  16.18, 82.36, 16.41, 82.5, 16.98, 84.19, 18.13, 85.34, 19.36, 86.35, 19.75, 86.9, 20.2, 87.17, 20.68, 87.04,
  21.13, 87.21, 21.35, 87.92, 21.57, 88.73, 21.41, 89.2, 21.54, 89.13, 23.18, 88.78, 23.68, 88.92, 24.3, 88.24,
  24.66, 88.6, 25.01, 89.01, 25.05, 89.15, 25.3, 88.38, 26.05, 88.52, 26.19, 89.6, 25.83, 89.77, 25.12, 92.06,
  24.97, 91.93, 24.54, 91.09, 24.05, 90.98, 23.51, 91.18, 22.97, 91.58, 22.8, 91.88, 22.92, 92.11, 23.41, 92.41,
  21.89, 92.96, 21.82, 93.34, 22.2, 93.28, 22.7, 93.55, 23.09, 93.57, 23.8, 94.31, 23.81, 94.9, 24.99, 94.78,
  25.29, 95.33, 26, 95.29, 26.48, 96.25, 27.09, 97.23, 26.98, 97.08, 27.55, 97.49, 27.83, 97.52, 28.26, 96.7,
  28.62, 96.54, 29.33, 96.05, 29.62, 95.31, 29.23, 94.5, 29.46, 93.67, 28.89, 93.11, 28.76, 92.44, 28.03, 91.55,
  27.92, 91.4, 27.52, 91.83, 27.26, 91.64, 26.98, 89.18, 27, 89.01, 27.16, 89, 28.05, 88.62, 28.27, 87.92,
  27.99, 87.78, 27.16, 87.91, 26.61, 86.72, 26.62, 85.68, 27.01, 85.32, 26.94, 84.85, 27.17, 84.74, 27.43,
  84.09, 27.67, 82.9, 27.66, 80.28, 28.92, 80.58, 29.64, 81.15, 30.03, 81.18, 30.29, 79.01, 31.6, 78.73, 32.26,
  79.2, 32.25, 79.45, 32.68, 79.32, 33.28, 79.01, 33.57, 78.96, 33.99, 79.18, 34.33, 78.47, 34.76, 78.19, 35.61,
  77.75, 35.67, 76.54, 34.92, 75.66, 34.68, 74.27, 34.94, 73.77, 34.74, 73.58, 34.34, 73.92, 33.46, 73.81,
  33.13, 74.52, 32.38, 75.01, 32.26, 74.4, 31.94, 74.34, 31.08, 73.72, 30.52, 73.71, 30.26, 73.23, 30.05, 72.76,
  29.16, 72.18, 28.86, 71.69, 28.1, 70.84, 27.9, 70.67, 28.14, 70.3, 28.18, 69.36, 27.21, 69.29, 26.72, 69.95,
  26.41, 69.91, 25.87, 70.14, 25.57, 70.45, 25.5, 70.78, 24.49, 70.47, 24.59, 69.81, 24.34, 68.71, 24.48, 68.53,
  24.15,
]

/** Andaman and Nicobar, Lakshadweep: south, west, north, east. */
const ISLANDS = [
  [6.5, 92, 14, 94.2],
  [7.9, 71.5, 12.6, 74.2],
] as const

/** Whether we serve this position: India with its islands. */
export function inServiceArea(position: Position): boolean {
  const { lat, lng } = position
  const onIsland = ISLANDS.some(
    ([south, west, north, east]) => lat >= south && lat <= north && lng >= west && lng <= east,
  )
  return onIsland || isWithin(MAINLAND, position)
}

/**
 * Even–odd rule: how often a ray towards the east crosses the outline. M. Shimrat, "Algorithm 112: Position of point
 * relative to polygon", Communications of the ACM 5 (8), 1962.
 */
function isWithin(outline: readonly number[], { lat, lng }: Position): boolean {
  let within = false
  let [lngA = 0, latA = 0] = outline.slice(-2)
  for (let index = 0; index < outline.length; index += 2) {
    const [lngB = 0, latB = 0] = outline.slice(index, index + 2)
    const crosses = latA > lat !== latB > lat && lng < lngA + ((lat - latA) * (lngB - lngA)) / (latB - latA)
    if (crosses) within = !within
    lngA = lngB
    latA = latB
  }
  return within
}
