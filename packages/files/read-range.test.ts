import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readRange } from './read-range.ts'

const SIZE = 10_000

// The examples of RFC 9110, 14.1.2 and 14.4.
test.each([
  ['bytes=0-499', { first: 0, last: 499 }],
  ['bytes=500-999', { first: 500, last: 999 }],
  ['bytes=-500', { first: 9500, last: 9999 }],
  ['bytes=9500-', { first: 9500, last: 9999 }],
  ['bytes=0-0', { first: 0, last: 0 }],
  ['bytes=-1', { first: 9999, last: 9999 }],
  ['BYTES= 0-1 ', { first: 0, last: 1 }],
  ['bytes=-20000', { first: 0, last: 9999 }],
  ['bytes=9999-99999', { first: 9999, last: 9999 }],
])('%s is a part', (header, range) => {
  expect(readRange(header, SIZE)).toEqual(range)
})

test.each(['bytes=10000-', 'bytes=10000-10001', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
  '%s cannot be satisfied',
  (header) => {
    expect(readRange(header, SIZE)).toBe('unsatisfiable')
  },
)

test.each([
  null,
  '',
  'bytes',
  'bytes=',
  'bytes=-',
  'bytes=2-1',
  'bytes=0-0,-1',
  'bytes=500-600,601-999',
  'items=0-1',
  'bytes=a-b',
  'bytes=1.5-2',
  'bytes=0x1-2',
  'bytes=+1-2',
  'bytes=0-1; x',
])('%s asks for the whole', (header) => {
  expect(readRange(header, SIZE)).toBe('whole')
})

test('of an empty file there are no parts', () => {
  expect([readRange('bytes=0-', 0), readRange('bytes=-1', 0), readRange(null, 0)]).toEqual([
    'unsatisfiable',
    'unsatisfiable',
    'whole',
  ])
})

test('a part lies within the file, and is what was asked for', () => {
  const natural = fc.nat({ max: 200 })
  fc.assert(
    fc.property(natural, natural, fc.nat({ max: 150 }), (from, to, size) => {
      const range = readRange(`bytes=${from}-${to}`, size)
      if (to < from) return range === 'whole'
      if (from >= size) return range === 'unsatisfiable'
      if (typeof range === 'string') return false
      return range.first === from && range.last === Math.min(to, size - 1)
    }),
  )
})

test('a suffix is the end of the file', () => {
  fc.assert(
    fc.property(fc.nat({ max: 200 }), fc.nat({ max: 150 }), (length, size) => {
      const range = readRange(`bytes=-${length}`, size)
      if (length === 0 || size === 0) return range === 'unsatisfiable'
      if (typeof range === 'string') return false
      return range.last === size - 1 && range.last - range.first + 1 === Math.min(length, size)
    }),
  )
})

test('no text is too strange', () => {
  const strange = fc.oneof(fc.string(), fc.stringMatching(/^bytes=[\d,-]*$/))
  fc.assert(fc.property(strange, fc.nat(), (header, size) => readRange(header, size) !== undefined))
})
