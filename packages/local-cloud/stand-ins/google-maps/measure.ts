export interface Position {
  readonly lat: number
  readonly lng: number
}

const EARTH_RADIUS_METRES = 6_371_008.8
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine). */
export function distanceMetres(from: Position, to: Position): number {
  const lat = Math.sin(radians(to.lat - from.lat) / 2)
  const lng = Math.sin(radians(to.lng - from.lng) / 2)
  const h = lat * lat + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * lng * lng
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

export function pathMetres(path: readonly Position[]): number {
  return path.slice(1).reduce((sum, point, index) => sum + distanceMetres(path[index] ?? point, point), 0)
}

/** Google's encoded polyline, five decimals: zigzag differences in groups of five bits. */
export function encodePolyline(path: readonly Position[]): string {
  let [lat, lng] = [0, 0]
  return path
    .map((point) => {
      const next = [Math.round(point.lat * 1e5), Math.round(point.lng * 1e5)] as const
      const text = encodeSigned(next[0] - lat) + encodeSigned(next[1] - lng)
      lat = next[0]
      lng = next[1]
      return text
    })
    .join('')
}

function encodeSigned(value: number): string {
  let rest = value < 0 ? ~(value << 1) : value << 1
  let text = ''
  for (; rest >= 0x20; rest >>>= 5) text += String.fromCharCode((0x20 | (rest & 0x1f)) + 63)
  return text + String.fromCharCode(rest + 63)
}
