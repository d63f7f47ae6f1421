import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { estimateArrival } from './estimate-arrival.ts'
import { addDriving, paceFactor } from './pace.ts'
import { readPlan } from './ride-plan.ts'
import { plannedRide } from './testing/planned-ride.ts'
import { newWatch, type Watch } from './watch.ts'

const plan = readPlan(plannedRide())
const { departsAt } = plan
const at = (metres: number, more: Partial<Watch> = {}) => ({
  watch: { ...newWatch(), metres, offRoute: false, ...more },
})
const secondsTo = (room: { watch: Watch }, metres: number, now = departsAt) =>
  Math.round(((estimateArrival(room, plan, metres, now) ?? Number.NaN) - now) / 1000)

test('as planned: driving seconds and a minute at each stop between', () => {
  expect(secondsTo(at(1000), 9000)).toBe(800)
  expect(secondsTo(at(1000), 15_000)).toBe(1400 + 60)
})

test('a car that waits at its first stop leaves when it was to depart', () => {
  expect(secondsTo(at(0), 1000, departsAt - 600_000)).toBe(600 + 100)
  expect(secondsTo(at(0), 1000, departsAt + 600_000)).toBe(100)
})

test('the present pace counts for the next half hour', () => {
  const slow = { pace: { taken: 1200, planned: 600 } }
  expect(secondsTo(at(1000, slow), 9000)).toBe(1600)
  expect(secondsTo(at(200, slow), 19_900)).toBe(2 * 1800 + (1970 - 1800) + 60)
})

test('off the route the way back counts too', () => {
  const back = secondsTo(at(1000, { offRoute: true, off: 1000 }), 9000) - 800
  expect(back).toBe(Math.round((1000 * 1.3) / 8.3))
})

test('where the car was not seen yet nothing is estimated', () => {
  expect(estimateArrival({ watch: newWatch() }, plan, 5000, departsAt)).toBeNull()
})

test('a farther place is never reached earlier, and nothing was reached in the past', () => {
  const metres = fc.double({ min: 0, max: 20_000, noNaN: true })
  const pace = fc.record({
    taken: fc.double({ min: 0, max: 1e5, noNaN: true }),
    planned: fc.double({ min: 0, max: 1e5, noNaN: true }),
  })
  fc.assert(
    fc.property(metres, metres, metres, pace, (car, a, b, how) => {
      const room = at(car, { pace: how })
      const [near, far] = [Math.min(a, b), Math.max(a, b)].map(
        (place) => estimateArrival(room, plan, place, departsAt) ?? 0,
      )
      expect(near).toBeGreaterThanOrEqual(departsAt)
      expect(far).toBeGreaterThanOrEqual(near ?? 0)
    }),
  )
})

test('the pace follows the last minutes and stays within bounds', () => {
  let pace = newWatch().pace
  expect(paceFactor(pace)).toBe(1)
  for (let i = 0; i < 60; i++) pace = addDriving(pace, 30, 15)
  expect(paceFactor(pace)).toBeCloseTo(2, 1)
  for (let i = 0; i < 600; i++) pace = addDriving(pace, 30, 0)
  expect(paceFactor(pace)).toBe(3)
})
