import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastOf, MAX_NUMBER_LENGTH, maskNumber, readNumber } from './number.ts'
import { passesVerhoeff } from './verhoeff.ts'

test.each([
  ['driving_licence', 'KA01 2015 0012345', 'KA0120150012345'],
  ['driving_licence', 'dl-0420110149646', 'DL0420110149646'],
  ['identity', 'abcpe1234f', 'ABCPE1234F'],
  ['identity', 'XYZ 1234567', 'XYZ1234567'],
  ['identity', '2341 2341 2346', '234123412346'],
  ['registration', 'ka 1 ab-1234', 'KA01AB1234'],
  ['insurance', 'OG-25-1701-1801-00001234', 'OG-25-1701-1801-00001234'],
  ['insurance', '3001/12345678/00/000', '3001/12345678/00/000'],
  ['permit', 'KA/TP 1234', 'KA/TP1234'],
  ['pollution_certificate', 'KA00501230012345', 'KA00501230012345'],
] as const)('%s: %s', (kind, typed, number) => {
  expect(readNumber(kind, typed, 'KA01AB1234')).toBe(number)
})

test.each([
  ['driving_licence', ''],
  ['driving_licence', 'KA01 1815 0012345'],
  ['driving_licence', 'KA0120150012'],
  ['driving_licence', '010120150012345'],
  ['driving_licence', 'KA01201500123456'],
  ['identity', 'ABCCE1234F'],
  ['identity', '234123412347'],
  ['identity', '134123412346'],
  ['identity', '23412341234'],
  ['identity', '²³⁴¹²³⁴¹²³⁴⁶'],
  ['registration', 'KA01AB1235'],
  ['insurance', '12345'],
  ['insurance', 'NO DIGITS AT ALL'],
  ['insurance', `1${'0'.repeat(MAX_NUMBER_LENGTH)}`],
  ['permit', '<script>1</script>'],
  ['pollution_certificate', '-123456-'],
] as const)('no %s: %s', (kind, typed) => {
  expect(readNumber(kind, typed, 'KA01AB1234')).toBeUndefined()
})

test('a registration without a vehicle has no number', () => {
  expect(readNumber('registration', 'KA01AB1234', null)).toBeUndefined()
})

/** Verhoeff's own example: 236 has the check digit 3. */
test('the check digit of 236 is 3 and no other', () => {
  const passing = Array.from({ length: 10 }, (_, digit) => `236${digit}`).filter(passesVerhoeff)
  expect(passing).toEqual(['2363'])
})

const digitsOf = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((each) => each.join(''))

test('exactly one check digit fits, and no single slip or swap of neighbours passes', () => {
  fc.assert(
    fc.property(digitsOf(11), fc.nat(11), fc.integer({ min: 1, max: 9 }), (body, at, by) => {
      const fitting = Array.from({ length: 10 }, (_, digit) => body + digit).filter(passesVerhoeff)
      expect(fitting).toHaveLength(1)
      const right = Array.from(fitting[0] ?? '')
      const slipped = right.with(at, String((Number(right[at]) + by) % 10))
      expect(passesVerhoeff(slipped.join(''))).toBe(false)
      const [a, b] = [right[at] ?? '', right[at + 1] ?? right[at] ?? '']
      if (at < 11 && a !== b)
        expect(
          passesVerhoeff(
            right
              .with(at, b)
              .with(at + 1, a)
              .join(''),
          ),
        ).toBe(false)
    }),
  )
})

test('a number that was read reads the same again, and a mask shows four characters of it', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9/.\- ]{6,38}$/), (typed) => {
      const number = readNumber('insurance', typed, null)
      if (number === undefined) return
      expect(readNumber('insurance', number, null)).toBe(number)
      expect(maskNumber(lastOf(number))).toBe(`•••• ${number.slice(-4)}`)
    }),
  )
})
