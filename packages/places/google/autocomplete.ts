import { z } from 'zod'
import type { Position } from '#packages/geo/position.ts'
import type { Suggestion } from '../place.ts'
import type { Asking } from '../places-port.ts'
import { askGoogle } from './ask-google.ts'
import { GooglePlaceId, REGION, Text } from './wire.ts'

const AUTOCOMPLETE = new URL('https://places.googleapis.com/v1/places:autocomplete')
/** The next letter is typed by then. */
const TIMEOUT_MS = 700
/** The most that Google takes. */
const BIAS_METRES = 50_000
const FIELDS = [
  'placeId',
  'text.text',
  'structuredFormat.mainText.text',
  'structuredFormat.secondaryText.text',
  'distanceMeters',
].map((field) => `suggestions.placePrediction.${field}`)

const Prediction = z.object({
  placeId: GooglePlaceId,
  text: z.object({ text: Text }),
  structuredFormat: z.object({
    mainText: z.object({ text: Text }),
    secondaryText: z.object({ text: z.string() }).optional(),
  }),
  distanceMeters: z.int().min(0).optional(),
})
/** Nothing found is an object without anything in it. */
const Reply = z.strictObject({
  suggestions: z.array(z.object({ placePrediction: Prediction })).default([]),
})

/** Suggestions of Places API (New): https://developers.google.com/maps/documentation/places/web-service/place-autocomplete */
export async function autocomplete(
  apiKey: string,
  input: string,
  { near, limit, language, session }: Asking & { near?: Position | undefined; limit: number },
): Promise<Suggestion[]> {
  const centre = near && { latitude: near.lat, longitude: near.lng }
  const body = {
    input,
    includedRegionCodes: [REGION],
    regionCode: REGION,
    languageCode: language,
    ...(session !== undefined && { sessionToken: session }),
    ...(centre && { origin: centre, locationBias: { circle: { center: centre, radius: BIAS_METRES } } }),
  }
  const headers = { 'x-goog-api-key': apiKey, 'x-goog-fieldmask': FIELDS.join(',') }
  const reply = await askGoogle({ url: AUTOCOMPLETE, headers, body, timeoutMs: TIMEOUT_MS }, Reply)
  return (reply?.suggestions ?? []).slice(0, limit).map(({ placePrediction }) => ({
    placeId: placePrediction.placeId,
    text: placePrediction.text.text,
    name: placePrediction.structuredFormat.mainText.text,
    area: placePrediction.structuredFormat.secondaryText?.text ?? '',
    distance: placePrediction.distanceMeters ?? null,
    source: 'google',
  }))
}
