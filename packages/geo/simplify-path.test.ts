import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { elementAt } from './element-at.ts'
import { nearestOnPath } from './locate.ts'
import type { Path } from './path.ts'
import { distanceMetres } from './position.ts'
import { simplifyPath } from './simplify-path.ts'

const MAX_PIECE_METRES = 10_000
const ROUNDING_METRES = 0.05

/** A road that wanders: each vertex some hundred metres on, in any direction. */
const wandering = fc
  .array(fc.tuple(fc.integer({ min: -40, max: 40 }), fc.integer({ min: -40, max: 40 })), {
    minLength: 3,
    maxLength: 120,
  })
  .map((steps): Path => {
    const path: Path = { points: [{ lat: 12, lng: 77 }], metres: [0], seconds: [0] }
    for (const [north, east] of steps) {
      const last = elementAt(path.points, path.points.length - 1)
      const next = { lat: last.lat + north / 10_000, lng: last.lng + east / 10_000 }
      path.points.push(next)
      path.metres.push((path.metres.at(-1) ?? 0) + distanceMetres(last, next))
      path.seconds.push((path.metres.at(-1) ?? 0) / 15)
    }
    return path
  })
const lastOf = (path: Path) => path.points.length - 1

test('no vertex is farther from the line that is left than the error, and what stays keeps its values', () => {
  fc.assert(
    fc.property(
      wandering,
      fc.integer({ min: 1, max: 500 }),
      fc.integer({ min: 3, max: 40 }),
      (path, error, most) => {
        const stops = [0, lastOf(path) >>> 1, lastOf(path)]
        const options = { errorMetres: error, maxVertices: most, maxPieceMetres: MAX_PIECE_METRES }
        const left = simplifyPath(path, stops, options)
        expect(left.path.points.length).toBeLessThanOrEqual(most)
        expect(left.errorMetres).toBeGreaterThanOrEqual(error)
        for (const point of path.points)
          expect(nearestOnPath(left.path, point).walkMetres).toBeLessThanOrEqual(
            left.errorMetres + ROUNDING_METRES,
          )
        let from = 0
        for (const [k, point] of left.path.points.entries()) {
          from = path.points.indexOf(point, from)
          expect(from).toBeGreaterThanOrEqual(k)
          expect(left.path.metres[k]).toBe(path.metres[from])
          expect(left.path.seconds[k]).toBe(path.seconds[from])
        }
        expect(left.stopVertices.map((vertex) => left.path.points[vertex])).toEqual(
          stops.map((vertex) => path.points[vertex]),
        )
      },
    ),
    { numRuns: 150 },
  )
})

test('a larger error leaves no more vertices', () => {
  fc.assert(
    fc.property(wandering, fc.integer({ min: 1, max: 300 }), (path, error) => {
      const left = (errorMetres: number) =>
        simplifyPath(path, [0, lastOf(path)], {
          errorMetres,
          maxVertices: 1000,
          maxPieceMetres: MAX_PIECE_METRES,
        }).path.points.length
      expect(left(error * 2)).toBeLessThanOrEqual(left(error))
    }),
    { numRuns: 100 },
  )
})

test('a straight road keeps its ends, and so many vertices that no piece is too long', () => {
  const points = Array.from({ length: 201 }, (_, n) => ({ lat: 0, lng: n / 100 }))
  const metres = points.map((point) => distanceMetres({ lat: 0, lng: 0 }, point))
  const path = { points, metres, seconds: metres }
  const short = { errorMetres: 1, maxVertices: 2, maxPieceMetres: 1_000_000 }
  expect(simplifyPath(path, [0, 200], short).path.points).toEqual([points[0], points[200]])
  const { path: cut } = simplifyPath(path, [0, 200], { ...short, maxPieceMetres: MAX_PIECE_METRES })
  for (let k = 1; k < cut.metres.length; k++)
    expect(elementAt(cut.metres, k) - elementAt(cut.metres, k - 1)).toBeLessThanOrEqual(MAX_PIECE_METRES)
  expect(cut.points.length).toBeLessThan(64)
})
