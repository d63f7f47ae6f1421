import { expect, test } from 'vitest'
import { latestNames } from './latest-names.ts'

test('code that was overwritten, whole or in part, has lost its name', () => {
  const lines = ['300 10 apart', '100 20 old', '110 40 overlaps', '100 10 newest', '150 8 behind', '']
  expect(latestNames(lines)).toEqual(['100 10 newest', '110 40 overlaps', '150 8 behind', '300 10 apart'])
})
