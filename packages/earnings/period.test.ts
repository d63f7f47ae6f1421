import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { indianDay, mondayOf } from '#packages/calendar/indian-time.ts'
import { daysSpan, monthSpan, periodSpan } from './period.ts'

const iso = ({ from, to }: { from: number; to: number }) => [
  new Date(from).toISOString(),
  new Date(to).toISOString(),
]

test('periods begin and end at midnight in India', () => {
  expect(iso(periodSpan('day', '2026-11-23'))).toEqual(['2026-11-22T18:30:00.000Z', '2026-11-23T18:30:00.000Z'])
  expect(iso(periodSpan('week', '2026-11-23'))).toEqual([
    '2026-11-22T18:30:00.000Z',
    '2026-11-29T18:30:00.000Z',
  ])
  expect(iso(periodSpan('month', '2026-11-01'))).toEqual([
    '2026-10-31T18:30:00.000Z',
    '2026-11-30T18:30:00.000Z',
  ])
  expect(iso(monthSpan('2028-02'))).toEqual(['2028-01-31T18:30:00.000Z', '2028-02-29T18:30:00.000Z'])
  expect(iso(monthSpan('2026-12'))).toEqual(['2026-11-30T18:30:00.000Z', '2026-12-31T18:30:00.000Z'])
})

test('one period ends where the next begins, and has every instant between them', () => {
  const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2090, 0, 1) })
  fc.assert(
    fc.property(instant, (at) => {
      const day = indianDay(at)
      const firsts = { day, week: mondayOf(day), month: `${day.slice(0, 7)}-01` } as const
      for (const by of ['day', 'week', 'month'] as const) {
        const { from, to } = periodSpan(by, firsts[by])
        expect(from <= at && at < to).toBe(true)
        expect(periodSpan(by, indianDay(to)).from).toBe(to)
      }
    }),
  )
})

test('both days are in it', () => {
  expect(daysSpan('2026-11-30', '2026-12-01')).toEqual({
    from: periodSpan('day', '2026-11-30').from,
    to: periodSpan('day', '2026-12-01').to,
  })
  expect(daysSpan(undefined, undefined)).toEqual({})
})
