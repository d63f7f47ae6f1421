import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bookingFee } from '#packages/fares/booking-fee.ts'
import { payWays } from '#packages/payments/states.ts'
import { addEarnings, earnFromBooking } from './earn-from-booking.ts'

test('the fare is the driver’s, the fee the platform’s, and its tax the state’s', () => {
  const fee = bookingFee(25_000).total
  expect(earnFromBooking({ payWith: 'online', fare: 25_000, fee })).toEqual({
    ...{ paid: 26_475, wallet: 25_000, cash: 0 },
    lines: [
      { item: 'fare', to: 'driver', amount: 25_000 },
      { item: 'fee', to: 'platform', amount: 1250 },
      { item: 'tax', to: 'state', amount: 225 },
    ],
  })
})

test('what is paid in the car never reaches the wallet', () => {
  expect(earnFromBooking({ payWith: 'cash', fare: 25_000, fee: 0 })).toEqual({
    ...{ paid: 25_000, wallet: 0, cash: 25_000 },
    lines: [{ item: 'fare', to: 'driver', amount: 25_000 }],
  })
})

test('a free ride brings nothing, and neither do no bookings', () => {
  const nothing = { lines: [], paid: 0, wallet: 0, cash: 0 }
  expect(earnFromBooking({ payWith: 'cash', fare: 0, fee: 0 })).toEqual(nothing)
  expect(addEarnings([])).toEqual(nothing)
})

const booking = fc
  .record({ payWith: fc.constantFrom(...payWays), fare: fc.integer({ min: 0, max: 10_000_000 }) })
  .map(({ payWith, fare }) => ({ payWith, fare, fee: payWith === 'online' ? bookingFee(fare).total : 0 }))
const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0)

test('the lines add up to what passengers pay, for one booking and for many', () => {
  fc.assert(
    fc.property(fc.array(booking, { maxLength: 8 }), (bookings) => {
      const each = bookings.map(earnFromBooking)
      const all = addEarnings(each)
      for (const { lines, paid } of [...each, all]) {
        expect(sum(lines.map(({ amount }) => amount))).toBe(paid)
        expect(lines.every(({ amount }) => Number.isSafeInteger(amount) && amount > 0)).toBe(true)
      }
      expect(all.paid).toBe(sum(bookings.map(({ fare, fee }) => fare + fee)))
      expect(all.wallet + all.cash).toBe(sum(bookings.map(({ fare }) => fare)))
    }),
  )
})

test('the tax in a fee is the tax that was put on it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (fare) => {
      const { total, tax } = bookingFee(fare)
      const { lines } = earnFromBooking({ payWith: 'online', fare, fee: total })
      expect(lines.find(({ item }) => item === 'tax')?.amount).toBe(tax)
    }),
  )
})
