import { elementAt } from '#packages/geo/element-at.ts'
import { type Position, wrapLongitude } from '#packages/geo/position.ts'
import { STOP_DWELL_SECONDS, type TimedRide } from '#packages/matching/ride-clock.ts'
import { type Cell, columnsOf, type Grid, rowOf, southOf } from './grid.ts'

/** A cell of the path and when the car is in it, seconds after departure; a cell that is entered again comes again. */
export interface Pass extends Cell {
  from: number
  to: number
}

/**
 * Every cell that the path goes through, with the time in it, the waits at stops included. Exact, for the same straight
 * lines in degrees and the same clock as the match: segments are cut where they cross a row or a column, so there is
 * no step to choose and no corner to miss.
 */
export function tracePath(grid: Grid, ride: TimedRide): Pass[] {
  const { path, stopVertices, stopDwellSeconds: dwell = STOP_DWELL_SECONDS } = ride
  const passes: Pass[] = []
  let leg = 0
  for (let vertex = 0; vertex + 1 < path.points.length; vertex++) {
    const start = elementAt(path.seconds, vertex) + leg * dwell
    const driving = elementAt(path.seconds, vertex + 1) - elementAt(path.seconds, vertex)
    const atStop = stopVertices[leg + 1] === vertex + 1
    cutSegment(
      grid,
      elementAt(path.points, vertex),
      elementAt(path.points, vertex + 1),
      (row, column, from, to) => {
        const waited = atStop && to === 1 ? dwell : 0
        passes.push({ row, column, from: start + from * driving, to: start + to * driving + waited })
      },
    )
    if (atStop) leg++
  }
  return passes
}

type Visit = (row: number, column: number, from: number, to: number) => void

/** Visits the cells of a straight line in degrees, with the fractions (0 … 1) of the line that are in them. */
function cutSegment(grid: Grid, a: Position, b: Position, visit: Visit): void {
  const north = b.lat - a.lat
  const first = rowOf(grid, a.lat)
  const last = rowOf(grid, b.lat)
  const step = Math.sign(last - first) || 1
  let from = 0
  for (let row = first; ; row += step) {
    const edge = southOf(grid, step > 0 ? row + 1 : row)
    const to = row === last ? 1 : Math.min(1, Math.max(from, (edge - a.lat) / north))
    cutRow(grid, row, a.lng + 180, wrapLongitude(b.lng - a.lng), from, to, visit)
    if (row === last) return
    from = to
  }
}

/** The part of a line within a row, cut at its columns; `west` is where the line begins and `east` how far it goes. */
function cutRow(
  grid: Grid,
  row: number,
  west: number,
  east: number,
  from: number,
  to: number,
  visit: Visit,
): void {
  const columns = columnsOf(grid, row)
  const width = 360 / columns
  const first = Math.floor((west + from * east) / width)
  const last = Math.floor((west + to * east) / width)
  const step = Math.sign(last - first) || 1
  let start = from
  for (let column = first; ; column += step) {
    const edge = (step > 0 ? column + 1 : column) * width
    const end = column === last ? to : Math.min(to, Math.max(start, (edge - west) / east))
    visit(row, ((column % columns) + columns) % columns, start, end)
    if (column === last) return
    start = end
  }
}
