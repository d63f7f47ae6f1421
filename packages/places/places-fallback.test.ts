import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { findPlaces } from './find-places.ts'
import { FAILURES_BEFORE_REST, REST_MS } from './rest.ts'
import { answerWith, asking, bengaluru, details, ID, prediction, result } from './testing/google-answers.ts'
import { kept, memory } from './testing/remember.ts'

let now = 1_800_000_000_000
const reasons: unknown[] = []
const settings = { memory, clock: () => now, onFallback: (reason: unknown) => reasons.push(reason) }
const newPlaces = (apiKey = 'key-1') => findPlaces({ ...settings, apiKey })

beforeEach(() => {
  now += 1_000_000
  reasons.length = 0
  kept.clear()
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const failures: [string, () => Promise<Response>][] = [
  ['silence', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ['a refusal', async () => Response.json({ error: { code: 403 } }, { status: 403 })],
  [
    'a redirection',
    async () => new Response(null, { status: 302, headers: { location: 'https://example.in' } }),
  ],
  ['a page', async () => new Response('<html>')],
  ['JSON that was cut off', async () => new Response('{"suggestions":[{')],
  ['null', async () => Response.json(null)],
  ['something else', async () => Response.json({ error: 'none', status: 5 })],
  [
    'suggestions without ids',
    async () =>
      Response.json({ suggestions: [{ placePrediction: { ...prediction, placeId: '../x' } }], status: 'NO' }),
  ],
  [
    'places off the Earth',
    async () =>
      Response.json({
        ...details,
        location: { latitude: 91, longitude: 0 },
        suggestions: [{}],
        status: 'OK',
        results: [{ ...result, geometry: { location: { lat: 91, lng: 0 } } }],
      }),
  ],
]

test.each(failures)('after %s the gazetteer answers, and the reason is told', async (_, reply) => {
  answerWith(reply)
  const places = newPlaces()
  const [suggested] = await places.autocomplete('bengal', { ...asking, limit: 5 })
  expect(suggested).toMatchObject({ name: 'Bengaluru', source: 'geonames' })
  expect((await places.geocode('Bengaluru', asking))[0]).toMatchObject({
    name: 'Bengaluru',
    source: 'geonames',
  })
  expect(await places.reverseGeocode(bengaluru, asking)).toMatchObject({ source: 'geonames' })
  expect(reasons).toHaveLength(3)
  // What Google alone knows is not said to be unknown.
  const down = { code: 'dependency_unavailable', retryAfter: REST_MS / 1000 }
  await expect(places.details(ID, asking)).rejects.toMatchObject(down)
  await expect(places.locate(ID)).rejects.toMatchObject(down)
  expect(JSON.stringify(reasons.map(String))).not.toContain('key-1')
})

test('while Google keeps failing nobody waits for it, and what is remembered is still known', async () => {
  const asked = answerWith(async () => new Response('', { status: 500 }))
  const places = newPlaces()
  kept.set(`place-position:${ID}`, { value: bengaluru, ex: 1 })
  for (let n = 0; n < 10; n++) await places.autocomplete('pune', { ...asking, limit: 5 })
  expect(asked).toHaveBeenCalledTimes(FAILURES_BEFORE_REST)
  await expect(places.details(ID, asking)).rejects.toMatchObject({ code: 'dependency_unavailable' })
  expect(await places.locate(ID)).toEqual(bengaluru)
  expect(asked).toHaveBeenCalledTimes(FAILURES_BEFORE_REST)
  // Another service of Google's is another matter.
  await places.geocode('Pune', asking)
  expect(asked).toHaveBeenCalledTimes(FAILURES_BEFORE_REST + 1)
})
