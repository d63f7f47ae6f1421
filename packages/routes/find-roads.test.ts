import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { encodePolyline } from '#packages/geo/polyline.ts'
import { findRoads } from './find-roads.ts'
import { RoadError } from './road-error.ts'

const stops = [
  { lat: 12.97, lng: 77.59 },
  { lat: 12.52, lng: 76.9 },
  { lat: 12.3, lng: 76.64 },
]
const legs = [0, 1].map((k) => ({
  distanceMeters: 120_000,
  duration: '7000s',
  polyline: { encodedPolyline: encodePolyline(stops.slice(k, k + 2)) },
}))
const reasons: unknown[] = []
const roads = findRoads({ apiKey: 'key-1', onFallback: (reason) => reasons.push(reason) })

/** Answers the next requests as Google would, and keeps what was asked. */
function answerWith(reply: () => Promise<Response>) {
  const asked = vi.fn((_url: string, _init: RequestInit) => reply())
  vi.stubGlobal('fetch', asked)
  return asked
}

afterEach(() => {
  vi.unstubAllGlobals()
  reasons.length = 0
})

test('Google is asked for the way through all stops, for nothing more than is used, and not for ever', async () => {
  const asked = answerWith(async () => Response.json({ routes: [{ legs }] }))
  const road = await roads.drive(stops)
  expect(road).toMatchObject({ source: 'google_routes' })
  expect(road.path.metres.at(-1)).toBe(240_000)
  expect(reasons).toEqual([])
  const [url, init] = asked.mock.calls[0] ?? []
  expect(url).toBe('https://routes.googleapis.com/directions/v2:computeRoutes')
  expect(init?.headers).toMatchObject({
    'x-goog-api-key': 'key-1',
    'x-goog-fieldmask': 'routes.legs.distanceMeters,routes.legs.duration,routes.legs.polyline.encodedPolyline',
  })
  expect(init).toMatchObject({ redirect: 'manual', signal: expect.any(AbortSignal) })
  const at = (index: number) => ({
    location: { latLng: { latitude: stops[index]?.lat, longitude: stops[index]?.lng } },
  })
  expect(JSON.parse(z.string().parse(init?.body))).toEqual({
    origin: at(0),
    intermediates: [at(1)],
    destination: at(2),
    travelMode: 'DRIVE',
    routingPreference: 'TRAFFIC_UNAWARE',
    polylineQuality: 'HIGH_QUALITY',
  })
})

test.each([
  ['silence', async () => Promise.reject(new DOMException('late', 'TimeoutError'))],
  ['a refusal', async () => Response.json({ error: { code: 403 } }, { status: 403 })],
  [
    'a redirection',
    async () => new Response(null, { status: 302, headers: { location: 'https://example.in' } }),
  ],
  ['a 200 that is not JSON', async () => new Response('<html>')],
  ['no route at all', async () => Response.json({})],
  ['a route that is none', async () => Response.json({ routes: [{ legs: legs.slice(1) }] })],
])('after %s the road is straight, says so, and the reason is told', async (_, reply) => {
  answerWith(reply)
  const road = await roads.drive(stops)
  expect(road.source).toBe('great_circle')
  expect(road.stopVertices).toHaveLength(3)
  expect(reasons).toEqual([expect.any(RoadError)])
})

test('without a key nobody is asked', async () => {
  const asked = answerWith(async () => Response.json({}))
  const road = await findRoads({ apiKey: '', onFallback: () => expect.unreachable() }).drive(stops)
  expect(road.source).toBe('great_circle')
  expect(asked).not.toHaveBeenCalled()
})
