import { METRES_PER_DEGREE } from '#packages/geo/position.ts'

/**
 * The Earth cut into rows of equal height, and each row into equal columns that are at least as wide as the row is high
 * at its end nearer to the pole. So a circle touches about as many cells anywhere, and a row at a pole is one cell.
 */
export interface Grid {
  /** Height and least width of a cell. */
  metres: number
  rows: number
  /** Degrees of latitude of a row. */
  height: number
}

export interface Cell {
  row: number
  /** From longitude −180° eastwards. */
  column: number
}

export function gridOf(metres: number): Grid {
  const rows = Math.floor((180 * METRES_PER_DEGREE) / metres)
  return { metres, rows, height: 180 / rows }
}

/** The row of a latitude, also of one that rounding took beyond a pole. */
export function rowOf(grid: Grid, lat: number): number {
  return Math.min(grid.rows - 1, Math.max(0, Math.floor((lat + 90) / grid.height)))
}

/** The latitude at which a row begins in the south. */
export function southOf(grid: Grid, row: number): number {
  return row * grid.height - 90
}

/** How many columns a row has, one at least. */
export function columnsOf(grid: Grid, row: number): number {
  const south = southOf(grid, row)
  const poleward = Math.max(Math.abs(south), Math.abs(south + grid.height))
  return Math.max(1, Math.floor((360 * Math.cos((poleward * Math.PI) / 180)) / grid.height))
}
