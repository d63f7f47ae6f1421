import { nearestOnPath } from '#packages/geo/locate.ts'
import type { Position } from '#packages/geo/position.ts'

/** A place on the map. */
export interface Spot {
  x: number
  y: number
}

/** How much of a drawn line, 0 … 1, lies behind a car. @param spots where the points are drawn */
export function drivenPart(points: readonly Position[], spots: readonly Spot[], car: Position): number {
  const lengths = spots
    .slice(1)
    .map(({ x, y }, n) => Math.hypot(x - (spots[n]?.x ?? x), y - (spots[n]?.y ?? y)))
  const whole = sum(lengths)
  if (whole === 0) return 0
  const { vertex, fraction } = nearestOnPath({ points: [...points], metres: [], seconds: [] }, car)
  const behind = sum(lengths.slice(0, vertex)) + fraction * (lengths[vertex] ?? 0)
  return Math.round((behind / whole) * 10_000) / 10_000
}

const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
