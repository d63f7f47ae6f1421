import { isPosition, type Position } from './position.ts'

/**
 * Google's encoded polyline, precision 5 (about 1 m).
 * Format: https://developers.google.com/maps/documentation/utilities/polylinealgorithm
 */
const SCALE = 1e5
const FIRST_CHARACTER = 63
/** A chunk is 5 bits; bit 6 says that more follow. */
const MORE = 0x20
/** Six chunks hold 30 bits; the largest difference, 360 degrees, needs 27. */
const MAX_SHIFT = 25

/** Positions → polyline, rounded to five decimals. */
export function encodePolyline(points: readonly Position[]): string {
  let text = ''
  let lat = 0
  let lng = 0
  for (const point of points) {
    const nextLat = Math.round(point.lat * SCALE)
    const nextLng = Math.round(point.lng * SCALE)
    text += encodeNumber(nextLat - lat) + encodeNumber(nextLng - lng)
    lat = nextLat
    lng = nextLng
  }
  return text
}

/**
 * Polyline → positions.
 * @throws RangeError for a character outside the alphabet, a text that breaks off, or a position out of bounds
 */
export function decodePolyline(text: string): Position[] {
  const points: Position[] = []
  const cursor = { text, index: 0 }
  let lat = 0
  let lng = 0
  while (cursor.index < text.length) {
    lat += decodeNumber(cursor)
    lng += decodeNumber(cursor)
    const point = { lat: lat / SCALE, lng: lng / SCALE }
    if (!isPosition(point)) throw new RangeError(`polyline point ${points.length} is not on Earth`)
    points.push(point)
  }
  return points
}

function encodeNumber(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1
  let text = ''
  while (rest >= MORE) {
    text += String.fromCharCode((MORE | (rest & 0x1f)) + FIRST_CHARACTER)
    rest >>>= 5
  }
  return text + String.fromCharCode(rest + FIRST_CHARACTER)
}

function decodeNumber(cursor: { text: string; index: number }): number {
  let value = 0
  for (let shift = 0; shift <= MAX_SHIFT; shift += 5) {
    const chunk = cursor.text.charCodeAt(cursor.index++) - FIRST_CHARACTER
    // NaN at the end of the text fails this too.
    if (!(chunk >= 0 && chunk < MORE * 2))
      throw new RangeError('polyline breaks off or has a foreign character')
    value |= (chunk & 0x1f) << shift
    if (chunk < MORE) return value & 1 ? ~(value >>> 1) : value >>> 1
  }
  throw new RangeError('polyline number is too long')
}
