import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countTypos } from './count-typos.ts'

/** The definition, without tables: the least over all beginnings of the name. */
function slowly(typed: string, name: string): number {
  const distance = (a: string, b: string): number => {
    if (a === '' || b === '') return a.length + b.length
    const swapped = a.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)
    return Math.min(
      distance(a.slice(0, -1), b) + 1,
      distance(a, b.slice(0, -1)) + 1,
      distance(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
      swapped ? distance(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity,
    )
  }
  return Math.min(...Array.from({ length: name.length + 1 }, (_, end) => distance(typed, name.slice(0, end))))
}

test.each([
  ['chenai', 'chennai', 1],
  ['mumbia', 'mumbai', 1],
  ['banglo', 'bangalore', 1],
  ['banglr', 'bangalore', 2],
  ['hydra', 'hyderabad', 1],
  ['delhi', 'delhi', 0],
  ['xyzzy', 'delhi', undefined],
  ['', 'delhi', 0],
  ['delhi', '', undefined],
])('%j for %j: %s', (typed, name, typos) => {
  expect(countTypos(typed, name, 2)).toBe(typos)
})

test('it is the definition, whatever is typed', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  fc.assert(
    fc.property(word, word, fc.integer({ min: 0, max: 3 }), (typed, name, most) => {
      const typos = slowly(typed, name)
      expect(countTypos(typed, name, most)).toBe(typos > most ? undefined : typos)
    }),
    { numRuns: 400 },
  )
})

test('a text of any length is answered', () => {
  const long = 'a'.repeat(5_000)
  expect(countTypos(long, long, 2)).toBeUndefined()
  expect(countTypos('a', long, 1)).toBe(0)
})
