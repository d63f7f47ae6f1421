import { expect, test } from 'vitest'
import { mayStart } from './start-window.ts'

test('an hour before the departure and from then on', () => {
  const departsAt = 1_800_000_000_000
  expect(mayStart(departsAt - 3_600_001, departsAt)).toBe(false)
  expect(mayStart(departsAt - 3_600_000, departsAt)).toBe(true)
  expect(mayStart(departsAt + 1, departsAt)).toBe(true)
})
