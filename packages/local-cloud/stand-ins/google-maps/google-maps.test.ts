import * as fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import { Journal } from '../journal.ts'
import { drawRoad, drivingSeconds } from './draw-road.ts'
import { towns } from './gazetteer.ts'
import { createGoogleMaps } from './google-maps.ts'
import { distanceMetres, encodePolyline, pathMetres } from './measure.ts'

let journal: Journal
let maps: ReturnType<typeof createGoogleMaps>
beforeEach(() => {
  journal = new Journal()
  maps = createGoogleMaps({ journal, apiKey: 'key' })
})

async function call(url: string, options: { body?: unknown; key?: string; mask?: string } = {}) {
  const { body, key = 'key', mask } = options
  const headers = {
    ...(key && { 'x-goog-api-key': key }),
    ...(mask !== undefined && { 'x-goog-fieldmask': mask }),
  }
  const response = await maps.fetch(
    new Request(
      `https://${url}`,
      body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) },
    ),
  )
  return { status: response.status, body: await response.json() }
}

const AUTOCOMPLETE = 'places.googleapis.com/v1/places:autocomplete'
const ROUTES = 'routes.googleapis.com/directions/v2:computeRoutes'
const bengaluru = { latitude: 12.97194, longitude: 77.59369 }
const mysore = { latitude: 12.29791, longitude: 76.63925 }
const placeIdOf = (name: string) => towns.find((town) => town.name === name)?.placeId ?? ''

test('autocomplete finds towns by their present and their former name', async () => {
  const { body } = await call(AUTOCOMPLETE, { body: { input: 'Bangal', origin: mysore } })
  expect(body).toMatchObject({
    suggestions: [
      {
        placePrediction: {
          placeId: placeIdOf('Bengaluru'),
          text: { text: 'Bengaluru, Karnataka, India' },
          structuredFormat: { secondaryText: { text: 'Karnataka, India' } },
          distanceMeters: expect.closeTo(127_000, -4),
        },
      },
    ],
  })
  const marked = await call(AUTOCOMPLETE, {
    body: { input: 'myso' },
    mask: 'suggestions.placePrediction.structuredFormat.mainText',
  })
  expect(marked.body).toMatchObject({
    suggestions: [
      { placePrediction: { structuredFormat: { mainText: { text: 'Mysore', matches: [{ endOffset: 4 }] } } } },
    ],
  })
  expect(JSON.stringify(marked.body)).not.toContain('placeId')
})

test('a restriction drops what lies outside, nothing found is an empty object', async () => {
  const circle = { circle: { center: mysore, radius: 20_000 } }
  expect(
    (await call(AUTOCOMPLETE, { body: { input: 'bengaluru', locationRestriction: circle } })).body,
  ).toEqual({})
  expect((await call(AUTOCOMPLETE, { body: { input: 'zzzz' }, mask: 'suggestions' })).body).toEqual({})
})

test('details answer the fields asked for', async () => {
  const url = `places.googleapis.com/v1/places/${placeIdOf('Pune')}`
  const { body } = await call(url, { mask: 'id,displayName.text,location' })
  expect(body).toEqual({
    id: placeIdOf('Pune'),
    displayName: { text: 'Pune' },
    location: { latitude: expect.closeTo(18.5, 1), longitude: expect.closeTo(73.86, 1) },
  })
  expect((await call(url)).status).toBe(400)
  expect((await call(url, { mask: 'id,dispalyName' })).status).toBe(400)
  expect((await call('places.googleapis.com/v1/places/ChIJnone', { mask: 'id' })).status).toBe(404)
})

test('without a key 403, with another 400, and nothing is kept', async () => {
  const body = { input: 'Pune' }
  expect((await call(AUTOCOMPLETE, { body, key: '' })).status).toBe(403)
  expect((await call(AUTOCOMPLETE, { body, key: 'other' })).status).toBe(400)
  expect(journal.list()).toEqual([])
})

test.each([
  [AUTOCOMPLETE, {}],
  [AUTOCOMPLETE, { input: 'a', sessionToken: 'x'.repeat(37) }],
  [AUTOCOMPLETE, { input: 'a', unknown: 1 }],
  [ROUTES, { origin: { location: { latLng: { latitude: 91, longitude: 0 } } }, destination: { placeId: 'x' } }],
  [ROUTES, { origin: { placeId: 'nowhere' }, destination: { placeId: placeIdOf('Pune') } }],
])('%s refuses %j', async (url, body) => {
  expect((await call(url, { body, mask: '*' })).status).toBe(400)
})

test('a session is typing and one choice; what comes after it is billed alone', async () => {
  const sessionToken = crypto.randomUUID()
  const details = `places.googleapis.com/v1/places/${placeIdOf('Pune')}?sessionToken=${sessionToken}`
  await call(AUTOCOMPLETE, { body: { input: 'pu', sessionToken, languageCode: 'hi' } })
  await call(details, { mask: 'id' })
  await call(AUTOCOMPLETE, { body: { input: 'pu', sessionToken } })
  await call(details, { mask: 'id' })
  const billed = journal.list({ to: sessionToken }).map(({ summary, data }) => [summary, data['billed']])
  expect(billed.toReversed()).toEqual([
    ['Autocomplete', 'session'],
    ['Place details', 'session'],
    ['Autocomplete', 'reused_session'],
    ['Place details', 'reused_session'],
  ])
  expect(journal.list({ to: sessionToken }).at(-1)?.data).toMatchObject({ language: 'hi' })
})

test.each(['?sessionToken=a%20b', `?sessionToken=${'x'.repeat(37)}`, '?session=x'])(
  'details refuse %s',
  async (query) => {
    const url = `places.googleapis.com/v1/places/${placeIdOf('Pune')}${query}`
    expect((await call(url, { mask: 'id' })).status).toBe(400)
  },
)

test('geocoding goes both ways and reports refusals in a 200', async () => {
  const geocode = 'maps.googleapis.com/maps/api/geocode/json'
  const forward = await call(`${geocode}?address=Mysore, Karnataka&key=key`)
  expect(forward.body).toMatchObject({
    status: 'OK',
    results: [{ formatted_address: 'Mysore, Karnataka, India' }],
  })
  const reverse = await call(`${geocode}?latlng=12.30,76.64&key=key`)
  expect(reverse.body).toMatchObject({ status: 'OK', results: [{ place_id: placeIdOf('Mysore') }] })
  expect((await call(`${geocode}?latlng=0,0&key=key`)).body).toMatchObject({ status: 'ZERO_RESULTS' })
  const abroad = await call(`${geocode}?address=Pune&components=country:NP&key=key`)
  expect(abroad.body).toMatchObject({ status: 'ZERO_RESULTS' })
  expect((await call(`${geocode}?address=Pune`)).body).toMatchObject({ status: 'REQUEST_DENIED' })
  expect((await call(`${geocode}?latlng=north&key=key`)).body).toMatchObject({ status: 'INVALID_REQUEST' })
})

test('a route passes its stops, one leg a pair', async () => {
  const body = {
    origin: { location: { latLng: bengaluru } },
    intermediates: [{ placeId: placeIdOf('Mandya') }],
    destination: { location: { latLng: mysore } },
    travelMode: 'DRIVE',
  }
  const mask =
    'routes.distanceMeters,routes.duration,routes.polyline.encodedPolyline,routes.legs.distanceMeters'
  const answer = await call(ROUTES, { body, mask })
  expect(answer.body).toEqual({
    routes: [
      {
        distanceMeters: expect.closeTo(140_000, -4.5),
        duration: expect.stringMatching(/^\d{4}s$/),
        polyline: { encodedPolyline: expect.any(String) },
        legs: [{ distanceMeters: expect.any(Number) }, { distanceMeters: expect.any(Number) }],
      },
    ],
  })
  expect((await call(ROUTES, { body })).status).toBe(400)
})

test('the polyline of the format description is encoded as it says', () => {
  const path = [
    { lat: 38.5, lng: -120.2 },
    { lat: 40.7, lng: -120.95 },
    { lat: 43.252, lng: -126.453 },
  ]
  expect(encodePolyline(path)).toBe('_p~iF~ps|U_ulLnnqC_mqNvxq`@')
})

test('a road ends where it should, is longer than the crow flies but not by half, and is the same both ways', () => {
  const position = fc.record({
    lat: fc.double({ min: 8, max: 35, noNaN: true }),
    lng: fc.double({ min: 68, max: 97, noNaN: true }),
  })
  fc.assert(
    fc.property(position, position, (from, to) => {
      const road = drawRoad(from, to)
      const straight = distanceMetres(from, to)
      expect([road[0], road.at(-1)]).toEqual([
        from,
        expect.objectContaining({ lat: expect.closeTo(to.lat, 9), lng: expect.closeTo(to.lng, 9) }),
      ])
      expect(pathMetres(road)).toBeGreaterThanOrEqual(straight * 0.99)
      expect(pathMetres(road)).toBeLessThan(straight * 1.5 + 1)
      const middle = Math.floor(road.length / 2)
      const back = drawRoad(to, from).toReversed()
      expect(distanceMetres(road[middle] ?? from, back[middle] ?? to)).toBeLessThan(1)
      expect(drivingSeconds(straight)).toBeGreaterThanOrEqual(0)
    }),
  )
})
