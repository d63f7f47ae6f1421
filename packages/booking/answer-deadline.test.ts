import { expect, test } from 'vitest'
import { ANSWER_MS, answerDeadline } from './answer-deadline.ts'

test('three hours, never past the departure', () => {
  expect(ANSWER_MS).toBe(10_800_000)
  expect(answerDeadline(1_000, 1_000 + 2 * ANSWER_MS)).toBe(1_000 + ANSWER_MS)
  expect(answerDeadline(1_000, 61_000)).toBe(61_000)
})
