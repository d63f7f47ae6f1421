import { expect, test } from 'vitest'
import { averageStars } from './average.ts'

test('an average has two decimals, and none without reviews', () => {
  expect(averageStars(0, 0)).toBeNull()
  expect(averageStars(14, 3)).toBe(4.67)
  expect(averageStars(10, 2)).toBe(5)
})
