import { expect, test } from 'vitest'
import { boardingCode } from './boarding-code.ts'

const secret = 'a secret of the tests only'

test('four digits, the same for one booking, others for another booking or secret', async () => {
  const code = await boardingCode(secret, 'booking-1')
  expect(code).toMatch(/^\d{4}$/)
  expect(await boardingCode(secret, 'booking-1')).toBe(code)
  expect(await boardingCode(secret, 'booking-2')).not.toBe(code)
  expect(await boardingCode(`${secret}!`, 'booking-1')).not.toBe(code)
})

test('every digit is used in every place about equally', async () => {
  const codes = await Promise.all(Array.from({ length: 4_000 }, (_, k) => boardingCode(secret, `booking-${k}`)))
  for (let place = 0; place < 4; place++) {
    for (let digit = 0; digit < 10; digit++) {
      const count = codes.filter((code) => code[place] === String(digit)).length
      // 400 expected, standard deviation 19; five of them, and the input is fixed.
      expect(Math.abs(count - 400)).toBeLessThan(95)
    }
  }
})

test('a short secret is refused', async () => {
  await expect(boardingCode('short', 'booking-1')).rejects.toThrow(RangeError)
})
