import { vi } from 'vitest'

/** What Google answers, and what we make of it. */
export const ID = 'ChIJbU60yXAWrjsR4E9-UejD3_g'
export const session = '0f1d3a52-2c5c-4f4e-9c55-3c3f9f6f0a01'
export const asking = { language: 'hi', session }
export const bengaluru = { lat: 12.9716, lng: 77.5946 }
export const prediction = {
  placeId: ID,
  text: { text: 'बेंगलुरु, कर्नाटक, भारत' },
  structuredFormat: { mainText: { text: 'बेंगलुरु' }, secondaryText: { text: 'कर्नाटक, भारत' } },
  distanceMeters: 120,
}
export const suggestions = { suggestions: [{ placePrediction: prediction }] }
const part = (text: string, ...types: string[]) => ({ longText: text, types })
export const details = {
  id: ID,
  formattedAddress: '12, MG Road, Bengaluru, Karnataka 560001, India',
  location: { latitude: bengaluru.lat, longitude: bengaluru.lng },
  addressComponents: [
    part('12', 'street_number'),
    part('MG Road', 'route'),
    part('Bengaluru', 'locality', 'political'),
    part('Karnataka', 'administrative_area_level_1', 'political'),
  ],
}
export const result = {
  place_id: ID,
  formatted_address: details.formattedAddress,
  geometry: { location: bengaluru },
  address_components: details.addressComponents.map(({ longText, types }) => ({ long_name: longText, types })),
}
export const place = {
  placeId: ID,
  address: details.formattedAddress,
  ...{ name: 'MG Road', locality: 'Bengaluru', state: 'Karnataka', position: bengaluru, source: 'google' },
}

/** Answers the next requests as Google would, and keeps what was asked. */
export function answerWith(reply: () => Promise<Response>) {
  const asked = vi.fn((_url: URL, _init: RequestInit) => reply())
  vi.stubGlobal('fetch', asked)
  return asked
}
export const answer = (body: unknown) => answerWith(async () => Response.json(body))
