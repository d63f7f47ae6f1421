import { distanceMetres, type Position } from './measure.ts'

const VERTEX_EVERY_METRES = 500
const MAX_VERTICES_PER_LEG = 1000
/** Sideways reach of a road as shares of its length: a long bow, and bends upon it. */
const BOW = 0.06
const BEND = 0.004
const BENDS_PER_ROAD = 9

/**
 * A line that could be a road: from exactly `from` to exactly `to`, always the same for the same ends, about a tenth
 * longer than the straight line.
 */
export function drawRoad(from: Position, to: Position): Position[] {
  const straight = distanceMetres(from, to)
  const count = Math.min(Math.max(Math.ceil(straight / VERTEX_EVERY_METRES), 1), MAX_VERTICES_PER_LEG)
  const [dLat, dLng] = [to.lat - from.lat, to.lng - from.lng]
  // Which side a road bows to must not depend on its direction, or there and back would be two roads.
  const side = Math.round(Math.abs(from.lat + to.lat + from.lng + to.lng) * 1e4) % 2 === 0 ? 1 : -1
  const forward = dLng > 0 || (dLng === 0 && dLat > 0) ? 1 : -1
  return Array.from({ length: count + 1 }, (_, index) => {
    const share = index / count
    const inwards = Math.sin(Math.PI * share)
    const sideways =
      side * forward * inwards * (BOW + BEND * Math.cos(2 * Math.PI * BENDS_PER_ROAD * (share - 0.5)))
    return { lat: from.lat + dLat * share + dLng * sideways, lng: from.lng + dLng * share - dLat * sideways }
  })
}

const TOWN_KMH = 24
const HIGHWAY_KMH = 62
const HIGHWAY_FROM_METRES = 60_000

/** Seconds for a drive of so many metres: town speed at first, highway speed on long ways. */
export function drivingSeconds(metres: number): number {
  const share = Math.min(metres / HIGHWAY_FROM_METRES, 1)
  const kmh = TOWN_KMH + (HIGHWAY_KMH - TOWN_KMH) * share
  return Math.round(metres / (kmh / 3.6))
}
