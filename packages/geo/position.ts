/** A place on Earth, WGS84 degrees. */
export interface Position {
  lat: number
  lng: number
}

/** Mean radius R1 = (2a + b) / 3 of the WGS84 ellipsoid (H. Moritz, Geodetic Reference System 1980, J. Geodesy 74, 2000). */
export const EARTH_RADIUS_METRES = 6_371_008.8

const RADIANS = Math.PI / 180
/** Metres of one degree along a meridian. */
export const METRES_PER_DEGREE = EARTH_RADIUS_METRES * RADIANS

/** True for finite coordinates with |lat| ≤ 90 and |lng| ≤ 180. */
export function isPosition({ lat, lng }: Position): boolean {
  return Math.abs(lat) <= 90 && Math.abs(lng) <= 180
}

/** The same longitude, or difference of longitudes, in [-180, 180] degrees. */
export function wrapLongitude(degrees: number): number {
  return degrees - 360 * Math.round(degrees / 360)
}

/**
 * Great-circle distance in metres on the sphere of mean radius; up to 0.6 % off the ellipsoid. Near the other end of the world
 * the formula is ill-conditioned: rounding may cost some decimetres there.
 * Haversine formula: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (2), 1984.
 */
export function distanceMetres(a: Position, b: Position): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2)
  const sinLng = Math.sin(((b.lng - a.lng) * RADIANS) / 2)
  const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLng * sinLng
  return 2 * EARTH_RADIUS_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

/**
 * The position at a fraction (0 … 1) of the short straight line from a to b, linear in degrees the short way round.
 * Within 2 m of the great circle for lines up to 10 km at |lat| ≤ 45.
 */
export function between(a: Position, b: Position, fraction: number): Position {
  if (fraction === 0) return a
  if (fraction === 1) return b
  return {
    lat: a.lat + fraction * (b.lat - a.lat),
    lng: wrapLongitude(a.lng + fraction * wrapLongitude(b.lng - a.lng)),
  }
}
