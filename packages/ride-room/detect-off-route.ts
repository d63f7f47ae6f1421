import { OFF_ROUTE_METRES } from './limits.ts'

/**
 * Whether the car is off its route, with hysteresis: it leaves it at the larger distance and is back at the smaller one.
 * On the way to the first stop it has not been on the route yet (null) and cannot leave it.
 */
export function detectOffRoute(before: boolean | null, offMetres: number): boolean | null {
  if (offMetres <= OFF_ROUTE_METRES.off) return false
  return before === false && offMetres >= OFF_ROUTE_METRES.on ? true : before
}
