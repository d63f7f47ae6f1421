import { expect, test } from 'vitest'
import { Problem } from '#packages/errors/problem.ts'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { STOP_DWELL_SECONDS } from '#packages/matching/ride-clock.ts'
import { planRoute } from './plan-route.ts'

const bengaluru = { name: 'Bengaluru', position: { lat: 12.9716, lng: 77.5946 } }
const mandya = { name: 'Mandya', position: { lat: 12.5218, lng: 76.8951 } }
const mysuru = { name: 'Mysuru', position: { lat: 12.2958, lng: 76.6394 } }

test('all forms of the path have the same vertices, and every stop is one of them', () => {
  const plan = planRoute([bengaluru, mandya, mysuru])
  const points = decodePolyline(plan.polyline)
  const wkt = plan.pathWkt.slice('LINESTRING('.length, -1).split(', ')
  for (const list of [wkt, plan.vertexMetres, plan.vertexSeconds]) expect(list).toHaveLength(points.length)
  expect(wkt[0]).toBe('77.5946 12.9716')
  expect(plan.stops.map((stop) => stop.name)).toEqual(['Bengaluru', 'Mandya', 'Mysuru'])
  for (const { vertex, lat, lng } of plan.stops) {
    expect(points[vertex]?.lat).toBeCloseTo(lat, 5)
    expect(points[vertex]?.lng).toBeCloseTo(lng, 5)
  }
  expect(plan.vertexMetres.every(Number.isSafeInteger)).toBe(true)
  expect(Math.round(plan.metres)).toBe(plan.vertexMetres.at(-1))
})

test('the arrival counts one wait at every stop between the ends', () => {
  const direct = planRoute([bengaluru, mysuru])
  expect(Math.round(direct.seconds)).toBe(direct.vertexSeconds.at(-1))
  const plan = planRoute([bengaluru, mandya, mysuru])
  expect(Math.round(plan.seconds)).toBe((plan.vertexSeconds.at(-1) ?? 0) + STOP_DWELL_SECONDS)
})

test.each([
  ['near', { lat: 12.5219, lng: 76.8951 }, 'Too near'],
  ['far', { lat: 27.1751, lng: 78.0421 }, 'Too far'],
])('a stop too %s is named', (_, position, message) => {
  const plan = () => planRoute([bengaluru, mandya, { name: 'Elsewhere', position }])
  expect(plan).toThrow(Problem)
  expect(plan).toThrow(
    expect.objectContaining({
      errors: [
        expect.objectContaining({ path: 'stops.2.position', message: expect.stringContaining(message) }),
      ],
    }),
  )
})
