import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { LANGUAGES, preferredLanguage } from './languages.ts'

test.each([
  ['hi', 'hi'],
  ['hi-IN,hi;q=0.9,en;q=0.8', 'hi'],
  ['en;q=0.5, KN ; q=0.7', 'kn'],
  ['fr, ta;q=0.1', 'ta'],
  ['mr, te', 'mr'],
  ['te;q=0, en;q=0.1', 'en'],
  ['te;q=2', undefined],
  ['te;q=much', undefined],
  ['fr-FR,de', undefined],
  ['*', undefined],
  ['hindi', undefined],
  ['', undefined],
  [null, undefined],
])('%j asks for %s', (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
})

test('whatever the header says, the answer is a language of ours or none', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (header) => {
      expect([undefined, ...LANGUAGES]).toContain(preferredLanguage(header))
    }),
  )
})
