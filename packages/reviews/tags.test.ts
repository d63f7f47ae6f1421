import { expect, test } from 'vitest'
import { bookingSides, otherSide } from '#packages/booking/sides.ts'
import { allReviewTags, misplacedTag, reviewTags } from './tags.ts'

test('each side has its tags, and the other side its own', () => {
  for (const side of bookingSides) {
    expect(misplacedTag(reviewTags[side], side)).toBe(-1)
    expect(misplacedTag(reviewTags[side], otherSide(side))).toBeGreaterThan(0)
    expect(new Set(reviewTags[side]).size).toBe(reviewTags[side].length)
  }
  expect(misplacedTag(['punctual', 'left_a_mess'], 'driver')).toBe(1)
  expect(misplacedTag([], 'driver')).toBe(-1)
  expect(new Set(allReviewTags).size).toBe(allReviewTags.length)
})
