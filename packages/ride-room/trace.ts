import { elementAt } from '#packages/geo/element-at.ts'
import type { Path } from '#packages/geo/path.ts'
import { decodePolyline, encodePolyline } from '#packages/geo/polyline.ts'
import { between, distanceMetres } from '#packages/geo/position.ts'
import { simplifyPath } from '#packages/geo/simplify-path.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { Effect } from './effect.ts'
import { MAX_TRACE_PIECE_METRES, MAX_TRACE_POINTS, TRACE_ERROR_METRES, TRACE_EVERY_METRES } from './limits.ts'
import { beginTurn, type Room, type Turn } from './room.ts'
import { saveRoom } from './save-room.ts'
import { settle } from './settle-turn.ts'
import type { TrackPoint } from './track-point.ts'

/** Puts the newest position on the trace, unless the car has hardly moved. It goes to storage with the next save. */
export function keepOnTrack({ room }: Turn): void {
  if (room.position === null) return
  const { at } = room.position
  const [lat, lng] = [rounded(room.position.lat), rounded(room.position.lng)]
  const last = room.lastTracked
  if (last !== null && distanceMetres({ lat: last[2], lng: last[3] }, { lat, lng }) < TRACE_EVERY_METRES) return
  room.lastTracked = [room.seq, at, lat, lng]
  room.track.push(room.lastTracked)
}

/** A metre is exact enough. */
const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5

/** The trace reached the database. */
export function traceStored(room: Room, now: number): Effect[] {
  const turn = beginTurn(room, now)
  if (room.traceDue === null) return []
  room.traceDue = null
  saveRoom(turn)
  turn.effects.push({ do: 'forget-trace' })
  return settle(turn)
}

/** Pieces of so many points are thinned on their own: what it costs grows with the square of that, not of the whole. */
const PIECE_POINTS = 500

/** Leaves points out of a line in pieces; together at most `MAX_TRACE_POINTS` and the few that every piece needs. */
function thin({ points, metres, seconds }: Path): Path {
  const thinned: Path = { points: [], metres: [], seconds: [] }
  for (let from = 0; from < points.length - 1; from += PIECE_POINTS) {
    const piece = <T>(values: readonly T[]) => values.slice(from, from + PIECE_POINTS + 1)
    const line = { points: piece(points), metres: piece(metres), seconds: piece(seconds) }
    const { path } = simplifyPath(line, [0, line.points.length - 1], {
      errorMetres: TRACE_ERROR_METRES,
      maxVertices: Math.ceil((MAX_TRACE_POINTS * line.points.length) / points.length),
      maxPieceMetres: MAX_TRACE_PIECE_METRES,
    })
    // A piece begins where the one before ended.
    const first = from === 0 ? 0 : 1
    thinned.points.push(...path.points.slice(first))
    thinned.metres.push(...path.metres.slice(first))
    thinned.seconds.push(...path.seconds.slice(first))
  }
  return thinned
}

/** Points of a trace, in the order of their times, as one thinned line; null where there is none. */
export function drawTrace(points: readonly TrackPoint[]): TraceLine | null {
  const inOrder = points.toSorted((a, b) => a[1] - b[1]).filter(([, at], i, all) => at !== all[i - 1]?.[1])
  const [first] = inOrder
  const last = inOrder.at(-1)
  if (!first || !last) return null
  const positions = inOrder.map(([, , lat, lng]) => ({ lat, lng }))
  const seconds = inOrder.map(([, at]) => (at - first[1]) / 1000)
  const metres = [0]
  for (let i = 1; i < positions.length; i++) {
    metres.push(elementAt(metres, i - 1) + distanceMetres(elementAt(positions, i - 1), elementAt(positions, i)))
  }
  const line: Path = { points: positions, metres, seconds }
  const path = positions.length < 3 ? line : thin(line)
  return {
    startedAt: new Date(first[1]).toISOString(),
    endedAt: new Date(last[1]).toISOString(),
    polyline: encodePolyline(path.points),
    seconds: path.seconds.map(Math.round),
    metres: Math.round(metres.at(-1) ?? 0),
  }
}

/** The part of a trace from an instant on, Unix milliseconds, beginning where the car was then; null where there is none. */
export function cutTrace(line: TraceLine, since: number): TraceLine | null {
  const start = Date.parse(line.startedAt)
  if (start >= since) return line
  const path = decodePolyline(line.polyline)
  const times = path.map((_, i) => start + (line.seconds[i] ?? 0) * 1000)
  const next = times.findIndex((at) => at >= since)
  if (next < 0) return null
  const [before, after] = [elementAt(times, Math.max(0, next - 1)), elementAt(times, next)]
  const fraction = after > before ? (since - before) / (after - before) : 1
  const cut = between(elementAt(path, Math.max(0, next - 1)), elementAt(path, next), fraction)
  const rest = path.slice(next).map(({ lat, lng }, i): TrackPoint => [i, elementAt(times, next + i), lat, lng])
  return drawTrace([[0, since, cut.lat, cut.lng], ...rest])
}

/** The frame that shows the way after that number and instant (Unix ms); null where nothing is known of it. */
export function encodeTrace(points: readonly TrackPoint[], after: number, since: number): string | null {
  const line = drawTrace(points.filter(([seq, at]) => seq >= after && at >= since))
  return line && JSON.stringify({ type: 'trace', after, ...line })
}
