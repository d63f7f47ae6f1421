import { fieldProblem } from '#packages/errors/problem.ts'
import { distanceMetres, type Position } from '#packages/geo/position.ts'

/** Two stops nearer than this are one stop. */
export const MIN_STOP_SPACING_METRES = 500
/** Longest way between two stops that a car drives in one go. */
export const MAX_STOP_SPACING_METRES = 1_000_000
/** The longest route, in straight lines from stop to stop: from end to end of India. */
export const MAX_ROUTE_METRES = 3_500_000

/**
 * Refuses stops between which no route can go.
 * @param field where the stops are in the request
 * @throws Problem `invalid_fields` at `stops.N.position` for neighbours too near or too far apart, and for the stop with
 * which the route gets too long
 */
export function checkStops(stops: readonly { position: Position }[], field = 'stops'): void {
  let total = 0
  for (const [index, { position }] of stops.entries()) {
    const previous = stops[index - 1]
    if (!previous) continue
    const metres = distanceMetres(previous.position, position)
    total += metres
    const refuse = (message: string) => fieldProblem('invalid_fields', `${field}.${index}.position`, message)
    if (metres < MIN_STOP_SPACING_METRES) throw refuse('Too near to the stop before')
    if (metres > MAX_STOP_SPACING_METRES) throw refuse('Too far from the stop before')
    if (total > MAX_ROUTE_METRES) throw refuse('The route is too long')
  }
}
