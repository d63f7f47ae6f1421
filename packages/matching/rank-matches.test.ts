import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, rankMatches, troubleOf } from './rank-matches.ts'

const wantedAt = 1_800_000_000_000
const usual: Candidate = { id: 'b', walkMetres: 800, pickupAt: wantedAt, fare: 20_000, driverRating: 4.6 }
const better = (a: Partial<Candidate>, b: Partial<Candidate>) =>
  rankMatches(
    [
      { ...usual, ...b, id: 'a' },
      { ...usual, ...a, id: 'z' },
    ],
    wantedAt,
  )[0]?.id === 'z'

test('less walk, less time off on either side, less fare and more stars each come first', () => {
  expect(better({ walkMetres: 700 }, {})).toBe(true)
  expect(better({ pickupAt: wantedAt - 60_000 }, { pickupAt: wantedAt + 120_000 })).toBe(true)
  expect(better({ fare: 15_000 }, {})).toBe(true)
  expect(better({ driverRating: 4.8 }, {})).toBe(true)
  expect(better({ driverRating: null }, { driverRating: 3.5 })).toBe(true)
  expect(better({}, { driverRating: null })).toBe(true)
})

test('equals are ordered by id, whatever order they come in', () => {
  const tied = [
    { ...usual, id: 'c' },
    { ...usual, id: 'a' },
    { ...usual, id: 'b' },
  ]
  expect(rankMatches(tied, wantedAt).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('the order is total: any shuffle gives the same pages, in rising trouble', () => {
  const candidate = fc.record({
    id: fc.uuid(),
    walkMetres: fc.nat(3),
    pickupAt: fc.nat(3).map((off) => wantedAt + off * 1000),
    fare: fc.nat(3),
    driverRating: fc.option(fc.constantFrom(1, 4, 5)),
  })
  const some = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 20 })
  fc.assert(
    fc.property(
      some.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
      ([all, shuffled]) => {
        const ranked = rankMatches(all, wantedAt)
        expect(rankMatches(shuffled, wantedAt)).toEqual(ranked)
        const troubles = ranked.map((one) => troubleOf(one, wantedAt))
        expect(troubles).toEqual(troubles.toSorted((a, b) => a - b))
        expect(troubles.every(Number.isSafeInteger)).toBe(true)
      },
    ),
  )
})
