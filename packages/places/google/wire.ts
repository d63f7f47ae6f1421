import { z } from 'zod'
import { GOOGLE_PLACE_ID } from '../place-id.ts'

/** Longer texts are no names or addresses. */
const MAX_TEXT = 500

export const Text = z.string().min(1).max(MAX_TEXT)
export const GooglePlaceId = z.string().regex(GOOGLE_PLACE_ID)

const Latitude = z.number().min(-90).max(90)
const Longitude = z.number().min(-180).max(180)
export const Location = z
  .object({ latitude: Latitude, longitude: Longitude })
  .transform(({ latitude, longitude }) => ({ lat: latitude, lng: longitude }))
export const LatLng = z.object({ lat: Latitude, lng: Longitude })

/** Where Google is told to look: this application is for India. */
export const REGION = 'in'

/** A part of an address: `{ text: 'Mysuru', types: ['locality', 'political'] }`. */
export interface AddressPart {
  text: string
  types: readonly string[]
}

/** Codes and numbers are no names. */
const NO_NAMES = new Set(['plus_code', 'street_number', 'postal_code', 'country'])

/** Name, town and state from the parts of an address, which come from the smallest to the largest. */
export function readParts(parts: readonly AddressPart[], address: string) {
  const partOf = (type: string) => parts.find(({ types }) => types.includes(type))?.text ?? null
  const first = parts.find(({ types }) => !types.some((type) => NO_NAMES.has(type)))
  return {
    name: first?.text ?? address,
    locality: partOf('locality'),
    state: partOf('administrative_area_level_1'),
  }
}
