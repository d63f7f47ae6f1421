import { expect, test } from 'vitest'
import { checkProblemCodes } from './check-problem-codes.ts'

const source = { path: 'workers/a.ts', text: "throw new Problem('ride_full')" }

test('refuses a code that nothing answers with', () => {
  expect(checkProblemCodes(['ride_full', 'ride_lost'], [source])).toEqual([
    expect.stringMatching(/^ride_lost is in/),
  ])
})

test('does not take a part of a word for a use', () => {
  expect(checkProblemCodes(['ride'], [source])).toHaveLength(1)
})
