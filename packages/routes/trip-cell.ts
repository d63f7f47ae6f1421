import type { Position } from '#packages/geo/position.ts'

/** Places of trips that are counted are rounded to a tenth of a degree, about 11 km: no home is in the count. */
export const CELLS_PER_DEGREE = 10
/** Nothing is said of a trip that fewer people asked for, and no name is told that fewer drivers use. */
export const MIN_PEOPLE = 5

/** The cell of a place, `129,775`. */
export function tripCell({ lat, lng }: Position): string {
  return `${nearest(lat)},${nearest(lng)}`
}

/** Halves upwards, as the database counts too; never -0. */
const nearest = (degrees: number) => Math.floor(degrees * CELLS_PER_DEGREE + 0.5) + 0

/** The middle of a cell. */
export function centreOf(cell: string): Position {
  const [lat = 0, lng = 0] = cell.split(',').map((part) => Number(part) / CELLS_PER_DEGREE)
  return { lat, lng }
}
