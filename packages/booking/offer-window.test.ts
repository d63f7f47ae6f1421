import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { OFFER_ENDS_BEFORE_MS, OFFER_MS, offerDeadline, SHORTEST_OFFER_MS } from './offer-window.ts'

const departsAt = 1_800_000_000_000
const minutes = (count: number) => count * 60_000

test('a quarter of an hour, less towards the departure, and then none', () => {
  expect(offerDeadline(departsAt - minutes(60), departsAt)).toBe(departsAt - minutes(45))
  expect(offerDeadline(departsAt - minutes(20), departsAt)).toBe(departsAt - minutes(10))
  expect(offerDeadline(departsAt - minutes(15), departsAt)).toBe(departsAt - minutes(10))
  expect(offerDeadline(departsAt - minutes(15) + 1, departsAt)).toBeNull()
  expect(offerDeadline(departsAt + 1, departsAt)).toBeNull()
})

test('an offer is never too short, too long or too late', () => {
  fc.assert(
    fc.property(fc.integer({ min: -minutes(60), max: minutes(600) }), (before) => {
      const now = departsAt - before
      const deadline = offerDeadline(now, departsAt)
      if (deadline === null) return
      expect(deadline - now).toBeGreaterThanOrEqual(SHORTEST_OFFER_MS)
      expect(deadline - now).toBeLessThanOrEqual(OFFER_MS)
      expect(deadline).toBeLessThanOrEqual(departsAt - OFFER_ENDS_BEFORE_MS)
    }),
  )
})
