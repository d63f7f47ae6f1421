import { expect, test } from 'vitest'
import type { Receipt } from './receipt.ts'
import { renderReceipt } from './render-receipt.ts'

const receipt: Receipt = {
  ...{
    number: 'MRG/2627/0000123',
    paymentId: 'p',
    bookingId: 'b',
    issuedAt: Date.parse('2026-11-30T20:00:00Z'),
  },
  ...{ total: 25_900, fare: 25_000, fee: 763, tax: 137 },
  seller: { name: 'Margwa', address: '1 Residency Road, Bengaluru', gstin: '29ABCDE1234F1Z5' },
  ...{ passenger: 'Meera Nair', driver: 'Asha', from: 'Bengaluru', to: 'Mysuru', seats: 2, method: 'upi' },
  ...{ pickupAt: Date.parse('2026-12-01T03:00:00Z'), creditNotes: [] },
}
const note = {
  ...{ number: 'MRC/2627/0000001', refundId: 'r', issuedAt: Date.parse('2026-12-02T05:00:00Z') },
  ...{ total: 12_500, fare: 12_500, fee: 0, tax: 0 },
}
/** What a reader sees, without the markup. */
const words = (page: string) => page.slice(page.indexOf('<body>')).replaceAll(/(?:<[^>]*>|\s)+/gu, ' ')

test('it says who, what, when in Indian time, and what for', () => {
  const text = words(renderReceipt(receipt))
  for (const part of [
    'Receipt and tax invoice MRG/2627/0000123 1 December 2026',
    'Margwa 1 Residency Road, Bengaluru GSTIN 29ABCDE1234F1Z5',
    'To Meera Nair',
    'Bengaluru → Mysuru',
    'Tuesday, 1 December 2026 at 8:30 am',
    '2 seats',
    'Fare of Asha, the driver ₹250.00',
    'Booking fee SAC 998551 ₹7.63',
    'GST at 18 % on the booking fee ₹1.37',
    'Paid by UPI ₹259.00',
  ])
    expect(text.toLowerCase()).toContain(part.toLowerCase())
  expect(text).not.toContain('Credit note')
})

test('a credit note is shown with what went back', () => {
  const text = words(renderReceipt({ ...receipt, creditNotes: [note] }))
  expect(text).toMatch(/Credit note MRC\/2627\/0000001 2 December 2026 .*Given back ₹125\.00/)
  expect(text.split('Booking fee').length).toBe(2)
})

test('what is not known is left out', () => {
  const seller = { name: 'Margwa', address: '', gstin: '' }
  const text = words(
    renderReceipt({ ...receipt, seller, passenger: null, driver: null, method: null, seats: 1 }),
  )
  expect(text).toContain('To Passenger')
  expect(text).not.toMatch(/GSTIN|tax invoice|null|undefined|1 seats|Paid by/)
})

const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(1)>'
test.each(['passenger', 'driver', 'from', 'to', 'method'] as const)('a hostile %s is text', (field) => {
  const page = renderReceipt({ ...receipt, [field]: hostile })
  expect(page).not.toMatch(/<script|<img/)
  expect(page).toContain('&lt;script&gt;')
})

test('it has no script and brings nothing in from elsewhere', () => {
  expect(renderReceipt(receipt)).not.toMatch(/<script|javascript:|https?:|url\(|@import| on\w+=/)
})
