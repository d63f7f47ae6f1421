import { z } from 'zod'
import type { Position } from '#packages/geo/position.ts'
import type { Place } from '../place.ts'
import { PlacesError } from '../places-error.ts'
import { askGoogle } from './ask-google.ts'
import { GooglePlaceId, LatLng, REGION, readParts, Text } from './wire.ts'

const GEOCODE = 'https://maps.googleapis.com/maps/api/geocode/json'
const TIMEOUT_MS = 1_400
const MAX_RESULTS = 5
/** About a metre; more decimals say nothing. */
const DECIMALS = 5

const Result = z.object({
  place_id: GooglePlaceId,
  formatted_address: Text,
  geometry: z.object({ location: LatLng }),
  address_components: z.array(z.object({ long_name: z.string(), types: z.array(z.string()) })),
})
/** This API says in a 200 how it went. */
const Reply = z.object({ status: z.string().max(40), results: z.array(Result).default([]) })

/** Places of an address within India: https://developers.google.com/maps/documentation/geocoding/requests-geocoding */
export const geocode = (apiKey: string, address: string, language: string): Promise<Place[]> =>
  ask({ address, components: 'country:IN', region: REGION, language, key: apiKey })

/** Addresses at a position: https://developers.google.com/maps/documentation/geocoding/requests-reverse-geocoding */
export const reverseGeocode = (apiKey: string, { lat, lng }: Position, language: string): Promise<Place[]> =>
  ask({ latlng: `${lat.toFixed(DECIMALS)},${lng.toFixed(DECIMALS)}`, language, key: apiKey })

async function ask(query: Record<string, string>): Promise<Place[]> {
  const url = new URL(GEOCODE)
  url.search = new URLSearchParams(query).toString()
  const reply = await askGoogle({ url, timeoutMs: TIMEOUT_MS }, Reply)
  const status = reply?.status ?? 'nothing'
  if (status !== 'OK' && status !== 'ZERO_RESULTS')
    throw new PlacesError(`Google answered ${status}`, { ofRequest: status === 'INVALID_REQUEST' })
  return (reply?.results ?? []).slice(0, MAX_RESULTS).map((result) => {
    const address = result.formatted_address
    const parts = result.address_components.map(({ long_name, types }) => ({ text: long_name, types }))
    const position = result.geometry.location
    return { placeId: result.place_id, address, position, ...readParts(parts, address), source: 'google' }
  })
}
