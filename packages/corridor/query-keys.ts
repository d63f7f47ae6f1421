import type { Position } from '#packages/geo/position.ts'
import { circleCells } from './circle-cells.ts'
import {
  BRIEF_SECONDS,
  bucketsOf,
  FINE_DAY,
  keyOf,
  LATE_SECONDS,
  type Level,
  NEAR_RADIUS_METRES,
  WIDE_DAY,
  WIDE_HOUR,
  WIDE_LATE,
} from './key.ts'

/** Rounding of the path to cells, with room. */
const CIRCLE_MARGIN_METRES = 2

/** The longest window that is asked for, in days. */
export const LONGEST_WINDOW_DAYS = 15

/**
 * The most keys of one query, for a radius up to 25 km: those of the longest window, with 16 days for the pickup, 17 and the late
 * ones for the drop-off, times the 36 cells that a circle can touch. A day takes up to 180, an hour and a kilometre about 20.
 */
export const MAX_QUERY_KEYS = (16 + 17 + 1) * 36

export interface CorridorQuery {
  pickup: Position
  dropoff: Position
  /** Longest walk at either end, metres. */
  radiusMetres: number
  /** The pickup is between these, Unix ms. */
  earliest: number
  latest: number
}

/**
 * Sets of keys: a ride that serves the passenger has at least one key of every set. The other way round a ride that has
 * them passes not far from both places and perhaps in the other order, which the match then sees.
 */
export function queryKeys(query: CorridorQuery): number[][] {
  const { pickup, dropoff, radiusMetres, earliest, latest } = query
  const radius = radiusMetres + CIRCLE_MARGIN_METRES
  const keys = (level: Level, position: Position, until: number) =>
    circleKeys(level, position, radius, earliest, until)

  const near = radiusMetres <= NEAR_RADIUS_METRES
  const brief = latest - earliest <= BRIEF_SECONDS * 1000
  const day = near ? FINE_DAY : WIDE_DAY
  const sets: number[][] = []
  if (near || !brief) sets.push(keys(day, pickup, latest))
  if (brief) sets.push(keys(WIDE_HOUR, pickup, latest))
  const soon = keys(day, dropoff, latest + LATE_SECONDS * 1000)
  sets.push([...soon, ...keys(WIDE_LATE, dropoff, latest)])
  return sets
}

function circleKeys(level: Level, position: Position, radius: number, from: number, to: number): number[] {
  const [first, last] = bucketsOf(level, from, to)
  const cells = circleCells(level.grid, position, radius)
  const keys: number[] = []
  for (let bucket = first; bucket <= last; bucket++) {
    for (const cell of cells) keys.push(keyOf(level, bucket, cell))
  }
  return keys
}
