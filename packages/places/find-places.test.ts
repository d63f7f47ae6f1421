import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { findPlaces } from './find-places.ts'
import { POSITION_SECONDS } from './position-cache.ts'
import {
  answer,
  answerWith,
  asking,
  bengaluru,
  details,
  ID,
  place,
  result,
  session,
  suggestions,
} from './testing/google-answers.ts'
import { kept, memory } from './testing/remember.ts'

let now = 1_800_000_000_000
const reasons: unknown[] = []
const settings = { memory, clock: () => now, onFallback: (reason: unknown) => reasons.push(reason) }
const newPlaces = (apiKey = 'key-1') => findPlaces({ ...settings, apiKey })

/** The one request that was made. */
function onlyCall(asked: ReturnType<typeof answerWith>) {
  expect(asked).toHaveBeenCalledTimes(1)
  const [url, init] = asked.mock.calls[0] ?? []
  expect(init).toMatchObject({ redirect: 'manual', signal: expect.any(AbortSignal) })
  const query = Object.fromEntries(url?.searchParams ?? [])
  return { url: `${url?.origin}${url?.pathname}`, query, headers: init?.headers, body: init?.body }
}

beforeEach(() => {
  now += 1_000_000
  reasons.length = 0
  kept.clear()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

test('who types is suggested what Google suggests: in India, near them, in their language, in their session', async () => {
  const asked = answer(suggestions)
  const found = await newPlaces().autocomplete('beng', { ...asking, near: bengaluru, limit: 5 })
  expect(found).toEqual([
    {
      placeId: ID,
      text: 'बेंगलुरु, कर्नाटक, भारत',
      name: 'बेंगलुरु',
      area: 'कर्नाटक, भारत',
      distance: 120,
      source: 'google',
    },
  ])
  const { url, headers, body } = onlyCall(asked)
  expect(url).toBe('https://places.googleapis.com/v1/places:autocomplete')
  expect(headers).toMatchObject({
    'x-goog-api-key': 'key-1',
    'x-goog-fieldmask': expect.stringMatching(/^suggestions\.placePrediction\.placeId,/),
  })
  const centre = { latitude: bengaluru.lat, longitude: bengaluru.lng }
  expect(JSON.parse(z.string().parse(body))).toEqual({
    input: 'beng',
    includedRegionCodes: ['in'],
    regionCode: 'in',
    languageCode: 'hi',
    sessionToken: session,
    origin: centre,
    locationBias: { circle: { center: centre, radius: 50_000 } },
  })
})

test('nothing found is an empty list, not a reason to look elsewhere', async () => {
  answer({})
  expect(await newPlaces().autocomplete('bengaluru', { ...asking, limit: 5 })).toEqual([])
  answer({ status: 'ZERO_RESULTS', results: [] })
  expect(await newPlaces().geocode('bengaluru', asking)).toEqual([])
  expect(await newPlaces().reverseGeocode(bengaluru, asking)).toBeUndefined()
  expect(reasons).toEqual([])
})

test('a choice ends the session, costs no more than the essentials, and its position is kept for 29 days', async () => {
  const asked = answer(details)
  expect(await newPlaces().details(ID, asking)).toEqual(place)
  expect(onlyCall(asked)).toMatchObject({
    url: `https://places.googleapis.com/v1/places/${ID}`,
    query: { languageCode: 'hi', regionCode: 'in', sessionToken: session },
    headers: {
      'x-goog-fieldmask': 'id,formattedAddress,location,addressComponents.longText,addressComponents.types',
    },
  })
  // Of what Google says only coordinates may be kept.
  expect([...kept]).toEqual([[`place-position:${ID}`, { value: bengaluru, ex: POSITION_SECONDS }]])
  expect(POSITION_SECONDS).toBeLessThan(30 * 24 * 3600)
})

test('where a place is, is asked once', async () => {
  const asked = answer({ location: details.location })
  const places = newPlaces()
  expect(await places.locate(ID)).toEqual(bengaluru)
  expect(await places.locate(ID)).toEqual(bengaluru)
  expect(onlyCall(asked)).toMatchObject({ headers: { 'x-goog-fieldmask': 'location' }, query: {} })
})

test('a memory that fails, or holds something else, is as good as none', async () => {
  const asked = answer({ location: details.location })
  const failing = async () => Promise.reject(new Error('down'))
  const places = findPlaces({ ...settings, apiKey: 'k', memory: { get: failing, set: failing } })
  expect(await places.locate(ID)).toEqual(bengaluru)
  kept.set(`place-position:${ID}`, { value: { lat: 'x' }, ex: 1 })
  expect(await newPlaces().locate(ID)).toEqual(bengaluru)
  expect(asked).toHaveBeenCalledTimes(2)
})

test('addresses are looked for in India, and positions named', async () => {
  const asked = answer({ status: 'OK', results: [result] })
  expect(await newPlaces().geocode('12 MG Road', asking)).toEqual([place])
  expect(onlyCall(asked)).toMatchObject({
    url: 'https://maps.googleapis.com/maps/api/geocode/json',
    query: { address: '12 MG Road', components: 'country:IN', region: 'in', language: 'hi', key: 'key-1' },
  })
  const named = answer({ status: 'OK', results: [result] })
  expect(await newPlaces().reverseGeocode(bengaluru, asking)).toEqual(place)
  expect(onlyCall(named)).toMatchObject({ query: { latlng: '12.97160,77.59460', language: 'hi' } })
  expect(kept.has(`place-position:${ID}`)).toBe(true)
})

test.each([400, 404])('a place that Google does not know (%i) is none', async (status) => {
  answerWith(async () => Response.json({ error: { code: status } }, { status }))
  const places = newPlaces()
  for (let n = 0; n < 5; n++) expect(await places.details(ID, asking)).toBeUndefined()
  expect(await places.locate(ID)).toBeUndefined()
})

test.each([
  '',
  'x',
  'gn.1',
  'gn.x',
  '../../x',
  'https://example.in/aaaaaaaaaaaaaaa',
  `${ID}?fields=*`,
  `${ID}/photos`,
])('nobody is asked for %j', async (placeId) => {
  const asked = answer({ location: details.location })
  expect(await newPlaces().details(placeId, asking)).toBeUndefined()
  expect(await newPlaces().locate(placeId)).toBeUndefined()
  expect(asked).not.toHaveBeenCalled()
})

test('without a key, and for who may not, the gazetteer alone is asked', async () => {
  const asked = answer(suggestions)
  for (const [places, offline] of [
    [newPlaces(''), false],
    [newPlaces(), true],
  ] as const) {
    const [first] = await places.autocomplete('mysuru', { ...asking, offline, limit: 5 })
    expect(first).toMatchObject({ name: 'Mysore', source: 'geonames' })
    expect(await places.geocode('Mysuru', { ...asking, offline })).toMatchObject([{ name: 'Mysore' }])
    expect(await places.reverseGeocode(bengaluru, { ...asking, offline })).toMatchObject({ source: 'geonames' })
    expect(await places.locate(first?.placeId ?? '')).toEqual({ lat: 12.298, lng: 76.639 })
  }
  expect(await newPlaces('').details(ID, asking)).toBeUndefined()
  expect(asked).not.toHaveBeenCalled()
  expect(reasons).toEqual([])
})
