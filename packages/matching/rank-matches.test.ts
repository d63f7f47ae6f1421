import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Candidate, type Order, rankMatches, rankOf, SORTS } from './rank-matches.ts'

const wantedAt = 1_800_000_000_000
const relevance: Order = { sort: 'relevance', wantedAt }
const usual: Candidate = { id: 'b', walkMetres: 800, pickupAt: wantedAt, fare: 20_000, driverRating: 4.6 }
const better = (a: Partial<Candidate>, b: Partial<Candidate>, order = relevance) =>
  rankMatches(
    [
      { ...usual, ...b, id: 'a' },
      { ...usual, ...a, id: 'z' },
    ],
    order,
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
  expect(rankMatches(tied, relevance).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
})

test('who takes any time of the day is not told that one is nearer', () => {
  const anyTime: Order = { sort: 'relevance', wantedAt: null }
  expect(better({ pickupAt: wantedAt + 60_000 }, { pickupAt: wantedAt }, anyTime)).toBe(false)
  expect(rankOf(usual, anyTime)).toBe(rankOf({ ...usual, pickupAt: 0 }, anyTime))
})

test('each sort puts first what it is named for, whatever else is against it', () => {
  const bad = { walkMetres: 9_000, pickupAt: wantedAt + 9_000_000, fare: 90_000, driverRating: 1 }
  const by = (sort: Order['sort']): Order => ({ sort, wantedAt })
  expect(better({ ...bad, pickupAt: wantedAt - 1 }, {}, by('departure'))).toBe(true)
  expect(better({ ...bad, fare: 19_999 }, {}, by('price'))).toBe(true)
  expect(better({ ...bad, walkMetres: 799 }, {}, by('walk'))).toBe(true)
  expect(better({ ...bad, driverRating: 4.7 }, {}, by('rating'))).toBe(true)
  expect(better(bad, { driverRating: null }, by('rating'))).toBe(true)
})

test('the order is total: any shuffle gives the same pages, in rising ranks', () => {
  const candidate = fc.record({
    id: fc.uuid(),
    walkMetres: fc.nat(3),
    pickupAt: fc.nat(3).map((off) => wantedAt + off * 1000),
    fare: fc.nat(3),
    driverRating: fc.option(fc.constantFrom(1, 4, 14 / 3)),
  })
  const some = fc.uniqueArray(candidate, { selector: ({ id }) => id, maxLength: 20 })
  const shuffles = some.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  )
  fc.assert(
    fc.property(shuffles, fc.constantFrom(...SORTS), ([all, shuffled], sort) => {
      const order = { sort, wantedAt }
      const ranked = rankMatches(all, order)
      expect(rankMatches(shuffled, order)).toEqual(ranked)
      const ranks = ranked.map((one) => rankOf(one, order))
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      expect(ranks.every(Number.isSafeInteger)).toBe(true)
    }),
  )
})
