import { expect, test } from 'vitest'
import { expose, merge, observe, type Samples } from './registry.ts'

const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start))

test('requests fall into cumulative buckets, and slow ones only into +Inf', () => {
  const samples: Samples = new Map()
  for (const seconds of [0.004, 0.004, 0.25, 9]) observe(samples, 'createBooking', 201, seconds)
  const text = expose(samples)
  const labels = 'margwa_request_duration_seconds_bucket{operation="createBooking",status="201",le='
  expect(lineOf(text, `${labels}"0.005"`)).toMatch(/ 2$/)
  expect(lineOf(text, `${labels}"0.2"`)).toMatch(/ 2$/)
  expect(lineOf(text, `${labels}"0.3"`)).toMatch(/ 3$/)
  expect(lineOf(text, `${labels}"2.5"`)).toMatch(/ 3$/)
  expect(lineOf(text, `${labels}"+Inf"`)).toMatch(/ 4$/)
})

test('merging two places counts what one place would have counted', () => {
  const one: Samples = new Map()
  const [a, b]: [Samples, Samples] = [new Map(), new Map()]
  for (const [index, seconds] of [0.001, 0.02, 0.7, 0.02].entries()) {
    observe(one, 'getRide', 200, seconds)
    observe(index % 2 === 0 ? a : b, 'getRide', 200, seconds)
  }
  const merged: Samples = new Map()
  merge(merged, a.values())
  merge(merged, b.values())
  expect(expose(merged)).toBe(expose(one))
})
