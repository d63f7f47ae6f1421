import { METRES_PER_DEGREE, type Position, wrapLongitude } from './position.ts'

/** A flat map around one position: metres east (x) and north (y) of it. Build it once, project many positions. */
export interface Plane {
  origin: Position
  /** Metres of one degree of longitude at the origin, and how fast that shrinks per degree north, halved. */
  eastScale: number
  eastShrink: number
}

/** Where the perpendicular from a plane's origin meets the line through a segment. */
export interface Foot {
  /** Position along the segment: 0 at its start, 1 at its end; outside that range the foot is beyond an end. */
  fraction: number
  /** Metres between the origin and the line. */
  offset: number
  /** Metres of the segment. */
  length: number
}

/**
 * Equirectangular projection that takes the cosine at the middle latitude, to first order, without a
 * trigonometric call per point. Distances from the origin are right within 0.001 % up to 25 km for |lat| ≤ 60
 * (tested); farther away they only have to be far. A straight line here and one in degrees part by up to 2 m over 10 km.
 */
export function planeAround(origin: Position): Plane {
  const lat = (origin.lat * Math.PI) / 180
  return {
    origin,
    eastScale: METRES_PER_DEGREE * Math.cos(lat),
    eastShrink: (METRES_PER_DEGREE * Math.sin(lat) * Math.PI) / 360,
  }
}

/** The foot of the plane's origin on the line from a to b. A segment without length is its first point. */
export function footOnSegment(plane: Plane, a: Position, b: Position): Foot {
  const { origin, eastScale, eastShrink } = plane
  const northA = a.lat - origin.lat
  const northB = b.lat - origin.lat
  // Unwrapped from a, so that a segment across the far meridian does not seem to cross the whole map.
  const eastA = wrapLongitude(a.lng - origin.lng)
  const eastB = eastA + wrapLongitude(b.lng - a.lng)
  const ax = eastA * (eastScale - eastShrink * northA)
  const ay = northA * METRES_PER_DEGREE
  const dx = eastB * (eastScale - eastShrink * northB) - ax
  const dy = northB * METRES_PER_DEGREE - ay
  const square = dx * dx + dy * dy
  if (square === 0) return { fraction: 0, offset: Math.sqrt(ax * ax + ay * ay), length: 0 }
  const length = Math.sqrt(square)
  return { fraction: -(ax * dx + ay * dy) / square, offset: Math.abs(ax * dy - ay * dx) / length, length }
}
