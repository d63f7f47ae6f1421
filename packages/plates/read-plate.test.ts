import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPlate } from './read-plate.ts'
import { STATE_CODES } from './state-codes.ts'

test.each([
  ['KA01AB1234', 'KA01AB1234'],
  ['ka 01-ab.1234', 'KA01AB1234'],
  ['KA 1 AB 171', 'KA01AB0171'],
  ['MH 12 1234', 'MH121234'],
  ['GJ 5 1234', 'GJ051234'],
  ['DL 2C 6011', 'DL2C6011'],
  ['DL 02 C 6011', 'DL2C6011'],
  ['DL 11 CAA 1111', 'DL11CAA1111'],
  ['OR 02 B 7', 'OR02B0007'],
  ['TG 09 A 1', 'TG09A0001'],
  ['22 BH 1234 AA', '22BH1234AA'],
  ['21BH0001Z', '21BH0001Z'],
])('%s is %s', (written, plate) => expect(readPlate(written)).toBe(plate))

test.each([
  '',
  'HELLO',
  'XX01AB1234',
  'ZZ 01 1234',
  'KA00AB1234',
  'KA01AB0000',
  'KA01AB12345',
  'KA001AB1234',
  'KA01ABCD1234',
  'KA 12 34',
  'KA01AB',
  '20BH1234AA',
  '22BH123AA',
  '22BH1234',
  '22BH1234AAA',
  '22BH1234IA',
  '22BH1234AO',
  'KA01AB१२३४',
  'KA01/AB1234',
])('%s is no plate', (written) => expect(readPlate(written)).toBeUndefined())

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom('A', 'B', 'C', 'H', 'Z'), minLength: min, maxLength: max })
const separator = fc.constantFrom('', ' ', '-', '.', ' - ')
const parts = fc.tuple(
  fc.constantFrom(...STATE_CODES),
  fc.integer({ min: 1, max: 99 }),
  letters(1, 3),
  fc.integer({ min: 1, max: 9999 }),
)

test('however a plate is written, its normal form is the same, and is a plate itself', () => {
  fc.assert(
    fc.property(parts, separator, fc.boolean(), fc.boolean(), (plate, between, padded, lower) => {
      const [state, office, series, number] = plate
      const digits = padded
        ? [String(office).padStart(2, '0'), String(number).padStart(4, '0')]
        : [office, number]
      const written = [state, digits[0], series, digits[1]].join(between)
      const normal = readPlate(lower ? written.toLowerCase() : written)
      expect(normal).toBe(readPlate(`${state}${office}${series}${number}`))
      expect(readPlate(normal ?? '')).toBe(normal)
    }),
  )
})

test('two plates that differ in any part stay different', () => {
  fc.assert(
    fc.property(parts, parts, (one, other) => {
      fc.pre(one.join(' ') !== other.join(' '))
      expect(readPlate(one.join(' '))).not.toBe(readPlate(other.join(' ')))
    }),
  )
})
