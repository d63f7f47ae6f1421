import { type Cell, type Grid, gridOf } from './grid.ts'

/** Cells for walks up to NEAR_RADIUS_METRES, and for longer ones: a circle touches at most 6 × 6 of either. */
const FINE_CELL_METRES = 4_000
const WIDE_CELL_METRES = 12_000
export const NEAR_RADIUS_METRES = 8_000

const HOUR_SECONDS = 3_600
/** Days of UTC: they begin at 05:30 in India, when few are on the road, so that most rides are within one. */
const DAY_SECONDS = 24 * HOUR_SECONDS
/** Up to this length of its window a query also asks for hours. */
export const BRIEF_SECONDS = 6 * HOUR_SECONDS

/**
 * What is passed this long after departure, or later, has a key without a time besides: so a query for a drop-off has to
 * look this far beyond its window, and no farther.
 */
export const LATE_SECONDS = 12 * HOUR_SECONDS

export interface Level {
  /** Two bits. */
  number: number
  grid: Grid
  /** Length of a time bucket; null for keys without a time. */
  seconds: number | null
}

const fine = gridOf(FINE_CELL_METRES)
const wide = gridOf(WIDE_CELL_METRES)

/**
 * The levels at which a ride has keys. Fine cells with hours are none of them: a query for an hour asks for both a fine
 * cell on the day and a wide one in the hour, which is nearly as sharp for half the keys.
 */
export const FINE_DAY: Level = { number: 0, grid: fine, seconds: DAY_SECONDS }
export const WIDE_DAY: Level = { number: 1, grid: wide, seconds: DAY_SECONDS }
export const WIDE_HOUR: Level = { number: 2, grid: wide, seconds: HOUR_SECONDS }
export const WIDE_LATE: Level = { number: 3, grid: wide, seconds: null }

/** A fine grid has 5,003 rows of up to 10,007 columns; hours since 1970 have 21 bits until the year 2209. */
const ROWS = 2 ** 14
const COLUMNS = 2 ** 15
const BUCKETS = 2 ** 21

/** A key: level, time, cell in 52 bits, so that a number holds it and the rides of one time are neighbours in the index. */
export function keyOf(level: Level, bucket: number, { row, column }: Cell): number {
  return ((level.number * BUCKETS + bucket) * ROWS + row) * COLUMNS + column
}

/** The first and last time bucket of a level that an interval touches, Unix ms; bucket 0 without times. */
export function bucketsOf({ seconds }: Level, from: number, to: number): [first: number, last: number] {
  if (seconds === null) return [0, 0]
  const bucket = (at: number) => Math.min(BUCKETS - 1, Math.max(0, Math.floor(at / 1000 / seconds)))
  return [bucket(from), bucket(to)]
}
