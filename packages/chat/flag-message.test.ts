import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { flagMessage } from './flag-message.ts'
import { MAX_MESSAGE_LENGTH } from './limits.ts'
import { seen, unseen } from './testing/corpus.ts'

/** How well the patterns tell what must be flagged, of any kind, from what must not; and what they got wrong. */
function measure(corpus: typeof seen) {
  const wanted = [...corpus.contact, ...corpus.payment]
  const missed = wanted.filter((line) => flagMessage(line) === null)
  const wrong = corpus.fine.filter((line) => flagMessage(line) !== null)
  const found = wanted.length - missed.length
  return { precision: found / (found + wrong.length), recall: found / wanted.length, missed, wrong }
}

test.each([
  ['seen', seen, { precision: 0.98, recall: 0.98 }],
  ['unseen', unseen, { precision: 0.9, recall: 0.75 }],
])('most of what must be flagged is, and little else: %s lines', (_, corpus, least) => {
  const { precision, recall, missed, wrong } = measure(corpus)
  expect({ precision, missed }, `flagged: ${wrong.join(' · ')}`).toMatchObject({
    precision: atLeast(least.precision),
  })
  expect({ recall }, `missed: ${missed.join(' · ')}`).toMatchObject({ recall: atLeast(least.recall) })
})

const atLeast = (share: number): unknown => expect.toSatisfy((value) => Number(value) >= share)

test('a number is found however it is written', () => {
  const number = fc.stringMatching(/^[6-9]\d{9}$/)
  const zero = fc.constantFrom(
    0x30,
    0x06_60,
    0x06_f0,
    0x09_66,
    0x09_e6,
    0x0a_66,
    0x0b_e6,
    0x0c_66,
    0x0c_e6,
    0xff_10,
  )
  const between = fc.array(fc.constantFrom('', ' ', '-', '.', ' - ', ', ', '\u200b'), {
    minLength: 9,
    maxLength: 9,
  })
  const around = fc.constantFrom('', 'call ', 'है ', 'नंबर: ')
  fc.assert(
    fc.property(number, zero, between, around, (digits, first, gaps, before) => {
      const written = Array.from(digits, (digit) => String.fromCodePoint(first + Number(digit)))
      const text = written.map((digit, n) => digit + (gaps[n] ?? '')).join('')
      expect(flagMessage(before + text)).toBe('contact')
    }),
  )
})

test.each(['English', 'Hindi'] as const)('a number is found in words: %s', (language) => {
  const words = {
    English: 'zero one two three four five six seven eight nine',
    Hindi: 'शून्य एक दो तीन चार पांच छह सात आठ नौ',
  }[language].split(' ')
  fc.assert(
    fc.property(fc.stringMatching(/^[6-9]\d{9}$/), fc.boolean(), (digits, mixed) => {
      const said = Array.from(digits, (digit, n) => (mixed && n % 2 ? digit : words[Number(digit)]))
      expect(flagMessage(said.join(' '))).toBe('contact')
    }),
  )
})

test('nothing is too strange or too long', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      expect([null, 'contact', 'payment']).toContain(flagMessage(text))
    }),
  )
  for (const piece of [
    '9 ',
    'a.',
    'a@',
    '((',
    '+9',
    'at dot ',
    'double ',
    'nine',
    'c a ',
    'cancel ',
    'pay a ',
    '9',
  ])
    for (const end of ['', '!', 'x'])
      expect(timeOf(piece.repeat(MAX_MESSAGE_LENGTH).slice(0, MAX_MESSAGE_LENGTH) + end)).toBeLessThan(1000)
})

function timeOf(text: string): number {
  const start = performance.now()
  flagMessage(text)
  return performance.now() - start
}
