import { EARTH_RADIUS_METRES, METRES_PER_DEGREE, type Position } from '#packages/geo/position.ts'
import { type Cell, columnsOf, type Grid, rowOf, southOf } from './grid.ts'

const RADIANS = Math.PI / 180

/**
 * Every cell that holds a place within `radius` metres of the position, and a few that only come near.
 * Radius ÷ cell bounds their number, at any latitude: (2 · radius ÷ cell + 2) rows of as many columns.
 */
export function circleCells(grid: Grid, position: Position, radius: number): Cell[] {
  const reach = radius / METRES_PER_DEGREE
  const last = rowOf(grid, position.lat + reach)
  const cells: Cell[] = []
  for (let row = rowOf(grid, position.lat - reach); row <= last; row++) {
    const half = halfWidth(grid, row, position, radius)
    const columns = columnsOf(grid, row)
    const width = 360 / columns
    const west = Math.floor((position.lng + 180 - half) / width)
    const east = Math.min(Math.floor((position.lng + 180 + half) / width), west + columns - 1)
    for (let column = west; column <= east; column++) {
      cells.push({ row, column: ((column % columns) + columns) % columns })
    }
  }
  return cells
}

/**
 * Degrees of longitude that the circle reaches to either side within the row; at most 180. The haversine formula solved
 * for the longitude, with the latitude of the row that is nearest to the centre and the smallest cosine of the row.
 */
function halfWidth(grid: Grid, row: number, { lat }: Position, radius: number): number {
  const south = southOf(grid, row)
  const north = south + grid.height
  const apart = Math.max(0, south - lat, lat - north)
  const poleward = Math.min(90, Math.max(Math.abs(south), Math.abs(north)))
  const chord = Math.sin(radius / EARTH_RADIUS_METRES / 2) ** 2 - Math.sin((apart * RADIANS) / 2) ** 2
  const cosines = Math.cos(lat * RADIANS) * Math.cos(poleward * RADIANS)
  const half = Math.sqrt(Math.max(0, chord) / cosines)
  return half < 1 ? (2 * Math.asin(half)) / RADIANS : 180
}
