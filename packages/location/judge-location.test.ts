import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { distanceMetres } from '#packages/geo/position.ts'
import { type Fix, judgeLocation } from './judge-location.ts'
import { MAX_ACCURACY_METRES, MAX_AGE_MS, MAX_CLOCK_AHEAD_MS, MAX_SPEED_METRES_PER_SECOND } from './limits.ts'
import { inServiceArea } from './service-area.ts'

const NOW = 1_800_000_000_000
const bengaluru: Fix = { lat: 12.9716, lng: 77.5946, at: NOW, accuracy: 10 }
const judge = (change: Partial<Fix>, last: Fix | null = null) =>
  judgeLocation({ ...bengaluru, ...change }, last, NOW)

test.each<[string, Partial<Fix>]>([
  ['accepted', {}],
  ['accepted', { accuracy: null }],
  ['accepted', { accuracy: MAX_ACCURACY_METRES }],
  ['inaccurate', { accuracy: MAX_ACCURACY_METRES + 1 }],
  ['accepted', { at: NOW + MAX_CLOCK_AHEAD_MS }],
  ['ahead_of_time', { at: NOW + MAX_CLOCK_AHEAD_MS + 1 }],
  ['accepted', { at: NOW - MAX_AGE_MS }],
  ['too_old', { at: NOW - MAX_AGE_MS - 1 }],
  ['outside_area', { lat: 51.5, lng: -0.12 }],
])('%s (case %#)', (judgement, change) => expect(judge(change)).toBe(judgement))

test('a fix of the same instant or an earlier one changes nothing', () => {
  expect(judge({ at: NOW }, bengaluru)).toBe('out_of_order')
  expect(judge({ at: NOW - 1 }, bengaluru)).toBe('out_of_order')
  expect(judge({ at: NOW + 1 }, bengaluru)).toBe('accepted')
})

test('a kilometre in a second is too far, in fifteen it is not', () => {
  const north = { lat: bengaluru.lat + 1000 / 111_195 }
  expect(judge({ ...north, at: NOW + 1000 }, bengaluru)).toBe('too_far')
  expect(judge({ ...north, at: NOW + 15_000 }, bengaluru)).toBe('accepted')
})

test('uncertain fixes may be nearer to each other than they look', () => {
  const north = { lat: bengaluru.lat + 400 / 111_195, at: NOW + 1000 }
  expect(judge({ ...north, accuracy: 10 }, bengaluru)).toBe('too_far')
  expect(judge({ ...north, accuracy: 200 }, { ...bengaluru, accuracy: 190 })).toBe('accepted')
})

const anyFix = fc.record({
  lat: fc.double({ min: 12, max: 13, noNaN: true }),
  lng: fc.double({ min: 77, max: 81, noNaN: true }),
  at: fc.integer({ min: NOW - 2 * MAX_AGE_MS, max: NOW + 2 * MAX_CLOCK_AHEAD_MS }),
  accuracy: fc.option(fc.double({ min: 0, max: 400, noNaN: true })),
})

test('accepted fixes go forward, stay in the area and keep to the speed limit, whatever comes between them', () => {
  fc.assert(
    fc.property(fc.array(anyFix, { maxLength: 60 }), (fixes) => {
      let last: Fix | null = null
      for (const fix of fixes) {
        if (judgeLocation(fix, last, NOW) !== 'accepted') continue
        expect(inServiceArea(fix)).toBe(true)
        expect(fix.accuracy ?? 0).toBeLessThanOrEqual(MAX_ACCURACY_METRES)
        if (last) {
          const seconds = (fix.at - last.at) / 1000
          expect(seconds).toBeGreaterThan(0)
          const nearest = distanceMetres(last, fix) - 2 * MAX_ACCURACY_METRES
          expect(nearest).toBeLessThanOrEqual(seconds * MAX_SPEED_METRES_PER_SECOND)
        }
        last = fix
      }
    }),
  )
})

test('who drives at road speed is never refused', () => {
  const step = fc.record({
    seconds: fc.integer({ min: 1, max: 20 }),
    speed: fc.double({ min: 0, max: 60, noNaN: true }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let [last, now] = [bengaluru, NOW]
      for (const { seconds, speed } of steps) {
        now += seconds * 1000
        const fix = { ...last, lat: last.lat + (seconds * speed) / 111_195, at: now }
        expect(judgeLocation(fix, last, now)).toBe('accepted')
        last = fix
      }
    }),
  )
})
