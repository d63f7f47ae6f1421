import { z } from 'zod'
import type { Position } from '#packages/geo/position.ts'
import type { Place } from '../place.ts'
import type { Asking } from '../places-port.ts'
import { askGoogle } from './ask-google.ts'
import { GooglePlaceId, Location, REGION, readParts, Text } from './wire.ts'

const PLACES = 'https://places.googleapis.com/v1/places/'
const TIMEOUT_MS = 1_400
/** A malformed id is a bad request, an old one is not found. */
const MISSING = [400, 404]
/** The mask decides the bill: these are the essentials, and a display name would not be. */
const FIELDS = 'id,formattedAddress,location,addressComponents.longText,addressComponents.types'

const Details = z.object({
  id: GooglePlaceId,
  formattedAddress: Text,
  location: Location,
  addressComponents: z.array(z.object({ longText: z.string(), types: z.array(z.string()) })).default([]),
})
const Where = z.object({ location: Location })

/** A place of Places API (New): https://developers.google.com/maps/documentation/places/web-service/place-details */
export async function details(
  apiKey: string,
  placeId: string,
  { language, session }: Asking,
): Promise<Place | undefined> {
  const url = new URL(encodeURIComponent(placeId), PLACES)
  url.searchParams.set('languageCode', language)
  url.searchParams.set('regionCode', REGION)
  // It ends the session.
  if (session !== undefined) url.searchParams.set('sessionToken', session)
  const headers = { 'x-goog-api-key': apiKey, 'x-goog-fieldmask': FIELDS }
  const found = await askGoogle({ url, headers, timeoutMs: TIMEOUT_MS, missing: MISSING }, Details)
  if (!found) return undefined
  const { formattedAddress: address, location: position, addressComponents } = found
  const parts = addressComponents.map(({ longText, types }) => ({ text: longText, types }))
  // An id may have been replaced by another; who asked knows this one.
  return { placeId, address, position, ...readParts(parts, address), source: 'google' }
}

/** Where a place is, and nothing else. */
export async function locate(apiKey: string, placeId: string): Promise<Position | undefined> {
  const url = new URL(encodeURIComponent(placeId), PLACES)
  const headers = { 'x-goog-api-key': apiKey, 'x-goog-fieldmask': 'location' }
  return (await askGoogle({ url, headers, timeoutMs: TIMEOUT_MS, missing: MISSING }, Where))?.location
}
