import { elementAt } from './element-at.ts'
import { firstAbove } from './locate.ts'
import type { Path } from './path.ts'
import { footOnSegment, planeAround } from './plane.ts'
import type { Position } from './position.ts'

export interface SimplifyOptions {
  /** A vertex goes where the line that is left passes it within so many metres. */
  errorMetres: number
  /** With more than so many left, the error doubles until there are no more. */
  maxVertices: number
  /** No piece between two vertices gets longer than this, along the path, unless it was. */
  maxPieceMetres: number
}

/**
 * Leaves vertices out (D. H. Douglas, T. K. Peucker, Cartographica 10 (2), 1973); those that stay keep their metres and
 * seconds. Stops stay. More than `maxVertices` stay only where stops and long pieces alone need them.
 * @param stopVertices rising, from 0 to the last vertex
 * @returns the path, each stop's vertex on it, and the error that was needed: no former vertex is farther from the line
 */
export function simplifyPath(
  path: Path,
  stopVertices: readonly number[],
  options: SimplifyOptions,
): { path: Path; stopVertices: number[]; errorMetres: number } {
  const weights = weigh(path, stopVertices, options.maxPieceMetres)
  const most = Math.max(options.maxVertices, weights.filter((weight) => weight === Infinity).length)
  let errorMetres = options.errorMetres
  while (weights.filter((weight) => weight > errorMetres).length > most) errorMetres *= 2
  const isLeft = (_: unknown, vertex: number) => elementAt(weights, vertex) > errorMetres
  const places = new Map<number, number>()
  for (const [vertex, weight] of weights.entries()) if (weight > errorMetres) places.set(vertex, places.size)
  return {
    path: {
      points: path.points.filter(isLeft),
      metres: path.metres.filter(isLeft),
      seconds: path.seconds.filter(isLeft),
    },
    stopVertices: stopVertices.map((vertex) => places.get(vertex) ?? 0),
    errorMetres,
  }
}

/**
 * How much error it takes before each vertex goes. One run serves every error: the vertices that stay with some error
 * are those that weigh more, since a smaller error only cuts on where a larger one stops.
 */
function weigh({ points, metres }: Path, stops: readonly number[], maxPieceMetres: number): number[] {
  const weights = points.map(() => 0)
  const pieces: { from: number; to: number; weight: number }[] = []
  for (const [k, to] of stops.entries()) {
    weights[to] = Infinity
    if (k > 0) pieces.push({ from: elementAt(stops, k - 1), to, weight: Infinity })
  }
  for (let piece = pieces.pop(); piece; piece = pieces.pop()) {
    const { from, to } = piece
    if (to - from < 2) continue
    const [start, end] = [elementAt(metres, from), elementAt(metres, to)]
    // Too long in any case: in halves, so that few such pieces suffice.
    const isLong = end - start > maxPieceMetres
    const { vertex, offset } = isLong
      ? { vertex: middle(metres, from, to), offset: Infinity }
      : farthest(points, from, to)
    const weight = Math.min(piece.weight, offset)
    weights[vertex] = weight
    pieces.push({ from, to: vertex, weight }, { from: vertex, to, weight })
  }
  return weights
}

/** The vertex between two others that is about half the way. */
function middle(metres: readonly number[], from: number, to: number): number {
  const half = firstAbove(metres, (elementAt(metres, from) + elementAt(metres, to)) / 2)
  return Math.min(to - 1, Math.max(from + 1, half))
}

/** The vertex between two others that is farthest from the line through them; the middle one where none is off it. */
function farthest(points: readonly Position[], from: number, to: number): { vertex: number; offset: number } {
  const [a, b] = [elementAt(points, from), elementAt(points, to)]
  const most = { vertex: (from + to) >>> 1, offset: 0 }
  for (let vertex = from + 1; vertex < to; vertex++) {
    const offset = distanceToSegment(elementAt(points, vertex), a, b)
    if (offset > most.offset) Object.assign(most, { vertex, offset })
  }
  return most
}

/** Metres between a position and a segment. */
function distanceToSegment(position: Position, a: Position, b: Position): number {
  const foot = footOnSegment(planeAround(position), a, b)
  const beyond = (Math.min(1, Math.max(0, foot.fraction)) - foot.fraction) * foot.length
  return Math.hypot(foot.offset, beyond)
}
