import type { Position } from '#packages/geo/position.ts'

/** The side of the map, in the units that it is drawn in. */
export const SIDE = 1000
/** Left free on each side for names and marks. */
const MARGIN = 130
/** A map shows at least so much of the Earth, in degrees: about a kilometre and a half. */
const MIN_SPAN = 0.014

/** A square piece of the Earth, flat: `x = (lng − west) · perLng`, `y = (north − lat) · perLat`. */
export interface Frame {
  west: number
  north: number
  perLng: number
  perLat: number
}

/** The frame in which all positions can be seen; equirectangular, which over a few hundred kilometres nobody notices. */
export function frameAround(positions: readonly Position[]): Frame {
  const lats = positions.map(({ lat }) => lat)
  const lngs = positions.map(({ lng }) => lng)
  const middle = { lat: middleOf(lats), lng: middleOf(lngs) }
  // A degree of longitude is shorter than one of latitude by this.
  const shrink = Math.cos((middle.lat * Math.PI) / 180)
  const span = Math.max(MIN_SPAN, spanOf(lats), spanOf(lngs) * shrink)
  const perLat = (SIDE - 2 * MARGIN) / span
  const perLng = perLat * shrink
  return { perLat, perLng, west: middle.lng - SIDE / 2 / perLng, north: middle.lat + SIDE / 2 / perLat }
}

/** Where a position is on the map. */
export function place(
  { west, north, perLng, perLat }: Frame,
  { lat, lng }: Position,
): { x: number; y: number } {
  return { x: round((lng - west) * perLng), y: round((north - lat) * perLat) }
}

const middleOf = (values: readonly number[]) => (Math.min(...values) + Math.max(...values)) / 2
const spanOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values)
const round = (value: number) => Math.round(value * 10) / 10
