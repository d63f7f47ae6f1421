import { z } from 'zod'
import { elementAt } from '#packages/geo/element-at.ts'
import type { Path } from '#packages/geo/path.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { between, distanceMetres, type Position } from '#packages/geo/position.ts'
import { simplifyPath } from '#packages/geo/simplify-path.ts'
import { MAX_STOP_SPACING_METRES } from './check-stops.ts'
import { RoadError } from './road-error.ts'
import type { Road } from './roads-port.ts'

/** The most vertices a stored path has, and how far from Google's line it may be, unless that takes more of them. */
export const MAX_PATH_VERTICES = 1_000
export const PATH_ERROR_METRES = 10
/** Matching takes pieces as straight up to this length. */
const MAX_PIECE_METRES = 10_000
/** The road begins and ends at most so far from a stop: else it is a road to somewhere else. */
const MAX_SNAP_METRES = 2_000
/** Longer polylines are not read: ten times what a drive across India has. */
const MAX_POLYLINE_CHARACTERS = 2_000_000
/** No road between two stops is longer: twice the straight line that they may be apart. */
const MAX_LEG_METRES = 2 * MAX_STOP_SPACING_METRES
const MAX_LEG_SECONDS = 7 * 24 * 3600
/** A road is not much shorter than the straight line, and nobody averages 200 km/h on it. */
const MIN_DETOUR = 0.9
const MAX_METRES_PER_SECOND = 200 / 3.6

const Leg = z.object({
  distanceMeters: z.int().min(1).max(MAX_LEG_METRES),
  duration: z
    .string()
    .regex(/^\d+(\.\d+)?s$/)
    .transform((text) => Number.parseFloat(text))
    .pipe(z.number().min(1).max(MAX_LEG_SECONDS)),
  polyline: z.object({ encodedPolyline: z.string().min(4).max(MAX_POLYLINE_CHARACTERS) }),
})
type Leg = z.infer<typeof Leg>
const Reply = z.object({ routes: z.tuple([z.object({ legs: z.array(Leg) })]).rest(z.unknown()) })

/**
 * Google's reply as a road: metres and seconds of every vertex follow from those of its leg, by distance.
 * @throws RoadError for anything that is no road through these stops
 */
export function readGoogleRoute(reply: unknown, stops: readonly Position[]): Road {
  const parsed = Reply.safeParse(reply)
  if (!parsed.success) throw new RoadError(`Google's reply is no route: ${parsed.error.issues[0]?.message}`)
  const [{ legs }] = parsed.data.routes
  if (legs.length !== stops.length - 1) throw new RoadError(`Google's route has ${legs.length} legs`)
  const path: Path = { points: [], metres: [], seconds: [] }
  const stopVertices = [0]
  for (const [index, leg] of legs.entries()) {
    addLeg(path, leg, pointsOf(leg, elementAt(stops, index), elementAt(stops, index + 1)))
    stopVertices.push(path.points.length - 1)
  }
  const { path: stored, stopVertices: vertices } = simplifyPath(path, stopVertices, {
    errorMetres: PATH_ERROR_METRES,
    maxVertices: MAX_PATH_VERTICES,
    maxPieceMetres: MAX_PIECE_METRES,
  })
  return { source: 'google_routes', path: stored, stopVertices: vertices }
}

function pointsOf(leg: Leg, from: Position, to: Position): Position[] {
  const points = decode(leg.polyline.encodedPolyline)
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last || points.length < 2) throw new RoadError("Google's leg has no length")
  if (distanceMetres(first, from) > MAX_SNAP_METRES || distanceMetres(last, to) > MAX_SNAP_METRES)
    throw new RoadError("Google's road does not pass a stop")
  const metres = leg.distanceMeters
  if (metres < distanceMetres(first, last) * MIN_DETOUR || metres > leg.duration * MAX_METRES_PER_SECOND)
    throw new RoadError("Google's figures are no drive")
  return points
}

function decode(polyline: string): Position[] {
  try {
    return decodePolyline(polyline)
  } catch (cause) {
    throw new RoadError("Google's polyline cannot be read", { cause })
  }
}

/** Adds a leg to the path; it begins where the one before ended. */
function addLeg(path: Path, leg: Leg, points: readonly Position[]): void {
  const pieces = points.slice(1).map((point, k) => distanceMetres(elementAt(points, k), point))
  const drawn = pieces.reduce((sum, piece) => sum + piece, 0)
  if (!(drawn > 0)) throw new RoadError("Google's leg has no length")
  const start = { metres: path.metres.at(-1) ?? 0, seconds: path.seconds.at(-1) ?? 0 }
  const add = (point: Position, share: number) => {
    path.points.push(point)
    path.metres.push(start.metres + leg.distanceMeters * share)
    path.seconds.push(start.seconds + leg.duration * share)
  }
  if (path.points.length === 0) add(elementAt(points, 0), 0)
  let done = 0
  for (const [k, piece] of pieces.entries()) {
    const cuts = Math.max(1, Math.ceil(((piece / drawn) * leg.distanceMeters) / MAX_PIECE_METRES))
    for (let cut = 1; cut <= cuts; cut++) {
      const share = (done + (piece * cut) / cuts) / drawn
      add(between(elementAt(points, k), elementAt(points, k + 1), cut / cuts), Math.min(1, share))
    }
    done += piece
  }
}
