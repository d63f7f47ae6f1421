import { elementAt } from './element-at.ts'
import { distanceMetres, EARTH_RADIUS_METRES, isPosition, type Position } from './position.ts'

/** A way over the ground. The three lists have one entry per vertex, at least two. */
export interface Path {
  points: Position[]
  /** Road metres from the first vertex; starts at 0, never falls. */
  metres: number[]
  /** Driving seconds from the first vertex; starts at 0, never falls. */
  seconds: number[]
}

/** Road metres per straight metre between towns: an estimate for where no router answers (real roads: about 1.2 to 1.5). */
export const ROAD_FACTOR = 1.3
/** Two stops of a route that are nearer than this are one stop. */
export const MIN_STOP_SPACING_METRES = 1
/** Half the equator: beyond it two stops are antipodes, between which no single shortest way exists. */
const MAX_STOP_SPACING_METRES = 20_000_000

export interface GreatCircleOptions {
  speedMetresPerSecond: number
  /** Longest straight piece between two vertices. Keep it at 10 km or less: matching takes pieces as straight. */
  maxSegmentMetres: number
  roadFactor?: number
}

/**
 * A stand-in for a router: straight lines through the stops, with vertices in between, lengthened by the road factor.
 * @returns the path, and for every stop the index of its vertex
 * @throws RangeError for fewer than two stops, stops out of bounds, neighbours at one place, or options not positive
 */
export function greatCirclePath(
  stops: readonly Position[],
  { speedMetresPerSecond, maxSegmentMetres, roadFactor = ROAD_FACTOR }: GreatCircleOptions,
): { path: Path; stopVertices: number[] } {
  if (!(speedMetresPerSecond > 0 && maxSegmentMetres > 0 && roadFactor > 0))
    throw new RangeError('options must be positive')
  if (stops.length < 2 || !stops.every(isPosition)) throw new RangeError('a path needs two or more valid stops')
  const path: Path = { points: [elementAt(stops, 0)], metres: [0], seconds: [0] }
  const stopVertices = [0]
  for (let k = 1; k < stops.length; k++) {
    const from = elementAt(stops, k - 1)
    const to = elementAt(stops, k)
    const straight = distanceMetres(from, to)
    if (straight < MIN_STOP_SPACING_METRES) throw new RangeError(`stops ${k - 1} and ${k} are at one place`)
    if (straight > MAX_STOP_SPACING_METRES) throw new RangeError(`stops ${k - 1} and ${k} are antipodes`)
    const start = elementAt(path.metres, path.metres.length - 1)
    const pieces = Math.ceil(straight / maxSegmentMetres)
    for (let piece = 1; piece <= pieces; piece++) {
      const metres = start + (straight * roadFactor * piece) / pieces
      path.points.push(piece === pieces ? to : onGreatCircle(from, to, straight, piece / pieces))
      path.metres.push(metres)
      path.seconds.push(metres / speedMetresPerSecond)
    }
    stopVertices.push(path.points.length - 1)
  }
  return { path, stopVertices }
}

/** Spherical linear interpolation (K. Shoemake, SIGGRAPH 1985) between two positions `straight` metres apart. */
function onGreatCircle(a: Position, b: Position, straight: number, fraction: number): Position {
  const angle = straight / EARTH_RADIUS_METRES
  const weightA = Math.sin((1 - fraction) * angle) / Math.sin(angle)
  const weightB = Math.sin(fraction * angle) / Math.sin(angle)
  const [ax, ay, az] = unitVector(a)
  const [bx, by, bz] = unitVector(b)
  const x = weightA * ax + weightB * bx
  const y = weightA * ay + weightB * by
  const z = weightA * az + weightB * bz
  return { lat: (Math.atan2(z, Math.hypot(x, y)) * 180) / Math.PI, lng: (Math.atan2(y, x) * 180) / Math.PI }
}

function unitVector({ lat, lng }: Position): [x: number, y: number, z: number] {
  const phi = (lat * Math.PI) / 180
  const lambda = (lng * Math.PI) / 180
  return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)]
}
