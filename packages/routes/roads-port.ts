import type { Path } from '#packages/geo/path.ts'
import type { Position } from '#packages/geo/position.ts'

/** Who says where the road goes. */
export const ROAD_SOURCES = ['great_circle', 'google_routes'] as const

/** The way through some stops. */
export interface Road {
  source: (typeof ROAD_SOURCES)[number]
  /** Metres and seconds are those of driving; waits at stops are not in them. */
  path: Path
  /** For every stop its vertex, rising, from 0 to the last vertex. */
  stopVertices: number[]
}

/** Whoever knows the roads. */
export interface RoadsPort {
  /** The way through two or more stops. Always answers: with straight lines, and saying so, where nobody knows better. */
  drive(stops: readonly Position[]): Promise<Road>
}
