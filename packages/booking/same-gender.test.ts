import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Aboard, canRideBeside, isSameGenderOnly } from './same-gender.ts'

const legs = { legFrom: 1, legTo: 3 }
const other = (gender: string | null, sameGender = false, legFrom = 0, legTo = 2): Aboard => ({
  ...{ gender, sameGender, legFrom, legTo },
})
const beside = (gender: string | null, sameGender: boolean, ...aboard: Aboard[]) =>
  canRideBeside({ gender, sameGender }, legs, aboard)

test('who wishes it rides with people of their own gender only', () => {
  expect(beside('female', true)).toBe(true)
  expect(beside('female', true, other('female'))).toBe(true)
  expect(beside('female', true, other('female'), other('male'))).toBe(false)
  expect(beside('female', true, other(null))).toBe(false)
  expect(beside(null, true, other(null))).toBe(false)
})

test('and keeps everybody else off', () => {
  expect(beside('male', false, other('female'))).toBe(true)
  expect(beside('female', false, other('female', true))).toBe(true)
  expect(beside('male', false, other('female', true))).toBe(false)
  expect(beside(null, false, other('female', true))).toBe(false)
  expect(beside('other', false, other('other', true))).toBe(true)
})

test('only on the legs that they share', () => {
  expect(beside('male', true, other('female', true, 0, 1), other('female', true, 3, 4))).toBe(true)
  expect(isSameGenderOnly(legs, [other('male', true, 0, 1), other('male', true, 3, 4)])).toBe(false)
  expect(isSameGenderOnly(legs, [other('male', false), other('male', true, 2, 3)])).toBe(true)
})

test('whoever came first, the answer is one', () => {
  const person = fc.record({
    gender: fc.constantFrom('female', 'male', 'other', null),
    sameGender: fc.boolean(),
    legFrom: fc.integer({ min: 0, max: 3 }),
    legTo: fc.integer({ min: 1, max: 4 }),
  })
  const some = person.filter(({ legFrom, legTo }) => legFrom < legTo)
  fc.assert(
    fc.property(some, some, (one, two) => canRideBeside(one, one, [two]) === canRideBeside(two, two, [one])),
  )
})
