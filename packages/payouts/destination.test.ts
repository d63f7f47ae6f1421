import { expect, test } from 'vitest'
import {
  ACCOUNT_NUMBER,
  type Destination,
  HOLDER_NAME,
  hashDestination,
  IFSC,
  lastFour,
  openDestination,
  sealDestination,
  UPI_ADDRESS,
} from './destination.ts'

const key = new Uint8Array(32).fill(1)
const upi = (address: string): Destination => ({ kind: 'upi', address, name: 'Asha Rao' })
const bank: Destination = { kind: 'bank', accountNumber: '000123456789', ifsc: 'HDFC0001234', name: 'Asha Rao' }

test.each(['asha@okbank', '9876543210@ybl', 'a.b-c_d@hdfcbank', 'asha@kotak811', 'ab@cd'])(
  '%s is UPI',
  (address) => {
    expect(address).toMatch(UPI_ADDRESS)
  },
)

test.each([
  ...['asha', '@ybl', 'asha@', 'asha@y', 'asha@gmail.com', 'as ha@ybl', 'asha@@ybl', 'asha@8bank', '.asha@ybl'],
  ...['1234567890@HDFC0000001.ifsc.npci', 'asha@ybl\n', 'आशा@ybl', `asha@${'x'.repeat(66)}`],
])('%s is not UPI', (address) => {
  expect(address).not.toMatch(UPI_ADDRESS)
})

test.each([
  [
    ACCOUNT_NUMBER,
    ['123456789', '1'.repeat(18)],
    ['12345678', '1'.repeat(19), '12345678a', '１２３４５６７８９'],
  ],
  [IFSC, ['HDFC0001234', 'SBIN0XYZ123'], ['HDFC1001234', 'HDF00001234', 'HDFC000123', 'hdfc0001234']],
  [
    HOLDER_NAME,
    ['Asha Rao', "D'Souza & Sons (P) Ltd.", 'M/s Rao-Iyer'],
    ['Al', 'आशा राव', 'Asha <b>', '9 Lives'],
  ],
])('%s', (form, good, bad) => {
  for (const text of good) expect(text).toMatch(form)
  for (const text of bad) expect(text).not.toMatch(form)
})

test('never more than the half of it is shown', () => {
  expect(['asha@ybl', '9876543210@ybl', 'ab@ybl', 'abc@ybl'].map((each) => lastFour(upi(each)))).toEqual([
    ...['ha', '3210', 'b', 'c'],
  ])
  expect(lastFour(bank)).toBe('6789')
})

test('one destination has one hash, under whatever name; another key makes another', async () => {
  const hash = await hashDestination(key, bank)
  expect(await hashDestination(key, { ...bank, name: 'A Rao' })).toBe(hash)
  expect(await hashDestination(key, { ...bank, ifsc: 'SBIN0001234' })).not.toBe(hash)
  expect(await hashDestination(new Uint8Array(32), bank)).not.toBe(hash)
})

test('sealed it says nothing, and opens with its own method only', async () => {
  const sealed = await sealDestination(key, bank, 'method-1')
  expect(sealed).not.toContain('6789')
  expect(await openDestination(key, sealed, 'method-1')).toEqual(bank)
  expect(await openDestination(key, sealed, 'method-2')).toBeUndefined()
})
