import { expect, test } from 'vitest'
import { indianDay, isDaytimeInIndia } from '#packages/calendar/indian-time.ts'
import { regionOf } from './region.ts'

test.each([
  ['KA01AB1234', 'IN-KA'],
  ['DL1CAB1234', 'IN-DL'],
  ['OR02X1234', 'IN-OD'],
  ['TG09A1234', 'IN-TS'],
  ['22BH1234AA', 'IN'],
  ['', 'IN'],
])('%s is under the rules of %s', (plate, region) => {
  expect(regionOf(plate)).toBe(region)
})

test('the day in India begins at half past six in the evening, UTC', () => {
  expect(indianDay(Date.parse('2026-12-31T18:29:59.999Z'))).toBe('2026-12-31')
  expect(indianDay(Date.parse('2026-12-31T18:30:00Z'))).toBe('2027-01-01')
})

test.each([
  ['08:59', '2026-12-01T03:29:59Z', false],
  ['09:00', '2026-12-01T03:30:00Z', true],
  ['20:59', '2026-12-01T15:29:59Z', true],
  ['21:00', '2026-12-01T15:30:00Z', false],
])('at %s in India', (_, instant, day) => {
  expect(isDaytimeInIndia(Date.parse(instant))).toBe(day)
})
