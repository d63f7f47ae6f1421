import { addressOf, nearestTown, searchTowns, type Town, townById } from './gazetteer.ts'

/** Further away than this from every town, a point is nowhere. */
const NOWHERE_METRES = 60_000
const MAX_RESULTS = 5

function present(town: Town) {
  const [state, letters] = town.state
  return {
    address_components: [
      { long_name: town.name, short_name: town.name, types: ['locality', 'political'] },
      { long_name: state, short_name: letters, types: ['administrative_area_level_1', 'political'] },
      { long_name: 'India', short_name: 'IN', types: ['country', 'political'] },
    ],
    formatted_address: addressOf(town),
    geometry: { location: town.position, location_type: 'APPROXIMATE' },
    place_id: town.placeId,
    types: ['locality', 'political'],
  }
}

const answer = (towns: Town[]) =>
  Response.json({ results: towns.map(present), status: towns.length > 0 ? 'OK' : 'ZERO_RESULTS' })

const refuse = (status: string, message: string) =>
  Response.json({ error_message: message, results: [], status })

/** `GET /maps/api/geocode/json` by `address`, `latlng` or `place_id`. This API reports refusals in a 200. */
export function geocode(query: URLSearchParams, apiKey: string): Response {
  const key = query.get('key')
  if (!key)
    return refuse(
      'REQUEST_DENIED',
      'You must use an API key to authenticate each request to Google Maps Platform APIs.',
    )
  if (key !== apiKey) return refuse('REQUEST_DENIED', 'The provided API key is invalid.')
  const foreign = query.get('components')?.match(/\bcountry:(\w+)/)?.[1]
  if (foreign !== undefined && foreign.toUpperCase() !== 'IN') return answer([])
  const address = query.get('address')
  if (address) return answer(searchTowns(address).slice(0, MAX_RESULTS))
  const placeId = query.get('place_id')
  if (placeId) return answer([townById(placeId)].filter((town) => town !== undefined))
  const point = /^\s*(-?\d+(?:\.\d+)?),\s*(-?\d+(?:\.\d+)?)\s*$/.exec(query.get('latlng') ?? '')
  const [lat, lng] = [Number(point?.[1] ?? Number.NaN), Number(point?.[2] ?? Number.NaN)]
  if (!(Math.abs(lat) <= 90 && Math.abs(lng) <= 180)) {
    return refuse(
      'INVALID_REQUEST',
      "Invalid request. Missing the 'address', 'components', 'latlng' or 'place_id' parameter.",
    )
  }
  return answer([nearestTown({ lat, lng }, NOWHERE_METRES)].filter((town) => town !== undefined))
}
