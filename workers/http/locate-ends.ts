import { fieldProblem } from '#packages/errors/problem.ts'
import type { Position } from '#packages/geo/position.ts'
import type { PlacesPort } from '#packages/places/places-port.ts'
import type { Where } from './wish.ts'

/**
 * Where the two ends are that somebody gave as positions or places.
 * @throws Problem `place_unknown` with the field, or `dependency_unavailable`
 */
export async function locateEnds(
  places: Pick<PlacesPort, 'locate'>,
  { pickup, dropoff }: { pickup: Where; dropoff: Where },
): Promise<{ pickup: Position; dropoff: Position }> {
  const [from, to] = await Promise.all([locate(places, pickup, 'pickup'), locate(places, dropoff, 'dropoff')])
  return { pickup: from, dropoff: to }
}

async function locate(
  places: Pick<PlacesPort, 'locate'>,
  { lat, lng, placeId }: Where,
  field: string,
): Promise<Position> {
  if (lat !== undefined && lng !== undefined) return { lat, lng }
  const position = placeId === undefined ? undefined : await places.locate(placeId)
  if (!position) throw fieldProblem('place_unknown', `${field}.placeId`, 'No such place')
  return position
}
