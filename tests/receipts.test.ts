import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type ApiReply, call, expectBody, fieldRefusal, refusal } from './client/api.ts'
import { type Booking, book } from './client/bookings.ts'
import { HubClient } from './client/hub-client.ts'
import { notificationsOf } from './client/notifications.ts'
import { bookOnline, bookPaid } from './client/paying.ts'
import { type Person, signIn } from './client/people.ts'
import { signInStaff } from './client/staff.ts'
import { publishTrip } from './client/trips.ts'

const Money = z.object({ amount: z.number(), currency: z.literal('INR') })
const amounts = { fare: Money, fee: Money, tax: Money, total: Money }
const Receipt = z.looseObject({
  ...{ number: z.string(), bookingId: z.string(), passenger: z.string().nullable(), ...amounts },
  creditNotes: z.array(z.looseObject({ number: z.string(), ...amounts })),
})
const Receipts = z.object({ items: z.array(Receipt), nextCursor: z.string().nullable() })
const NUMBER = /^MRG\/\d{4}\/\d{7}$/

const ask = ({ token }: Person, { id }: Pick<Booking, 'id'>, query = ''): Promise<ApiReply> =>
  call('GET', `/api/v1/payments/${id}/receipt${query}`, { token })
const receiptOf = async (person: Person, booking: Pick<Booking, 'id'>) =>
  expectBody(await ask(person, booking), 200, Receipt)
const listOf = async ({ token }: Person) =>
  expectBody(await call('GET', '/api/v1/payments/receipts', { token }), 200, Receipts).items

test('who pays gets a receipt that adds up, in the list too, and is told', async () => {
  const [trip, passenger] = [await publishTrip({ amount: 10_000 }), await signIn()]
  const device = await HubClient.connect({ token: passenger.token })
  const booking = await bookPaid(trip, passenger)
  const receipt = await receiptOf(passenger, booking)
  const { fare, fee, tax, total } = receipt
  expect(receipt.number).toMatch(NUMBER)
  expect(fare.amount + fee.amount + tax.amount).toBe(total.amount)
  expect(tax.amount).toBe(Math.round(fee.amount * 0.18))
  expect(receipt.creditNotes).toEqual([])
  expect(await listOf(passenger)).toEqual([receipt])
  await vi.waitFor(async () => {
    const told = (await notificationsOf(passenger)).items.find(({ kind }) => kind === 'payment_received')
    expect(told?.title).toMatch(/^You have paid ₹/)
    expect(told?.data).toMatchObject({ bookingId: booking.id })
    expect(device.heard('payment:captured')).toMatchObject([{ bookingId: booking.id }])
  })
  device.hangUp()
})

test('what is given back is on a credit note, once it has left, and told', async () => {
  const [trip, passenger] = [await publishTrip({ amount: 10_000 }), await signIn()]
  const booking = await bookPaid(trip, passenger)
  const before = await receiptOf(passenger, booking)
  expect((await call('POST', `/api/v1/rides/${trip.rideId}/cancel`, { token: trip.driver.token })).status).toBe(
    200,
  )
  await vi.waitFor(
    async () => {
      const after = await receiptOf(passenger, booking)
      expect(after).toMatchObject({ number: before.number, total: before.total })
      expect(after.creditNotes).toMatchObject([{ total: before.total, fare: before.fare, tax: before.tax }])
      const kinds = (await notificationsOf(passenger)).items.map(({ kind }) => kind)
      expect(kinds).toContain('refund_sent')
      expect(kinds).not.toContain('refund_failed')
    },
    { timeout: 20_000, interval: 200 },
  )
})

test('it is a page to print that runs nothing, and an unknown form is refused', async () => {
  const [trip, passenger] = [await publishTrip({ amount: 10_000 }), await signIn()]
  const body = { name: '<script>alert(1)</script>' }
  expect((await call('PUT', '/api/v1/auth/profile', { token: passenger.token, body })).status).toBe(200)
  const booking = await bookPaid(trip, passenger)
  const page = await ask(passenger, booking, '?format=html')
  expect(page.status).toBe(200)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
  expect(String(page.body)).toContain('&lt;script&gt;alert(1)')
  expect(String(page.body)).not.toContain('<script')
  expect(await ask(passenger, booking, '?format=pdf')).toMatchObject(fieldRefusal('format'))
})

test('there is none of what was paid in the car or not at all, and none for anybody else', async () => {
  const [trip, passenger] = [await publishTrip({ amount: 10_000 }), await signIn()]
  const [other, stranger] = [await signIn(), await signIn()]
  const booking = await bookPaid(trip, passenger)
  const unpaid = await bookOnline(trip, other)
  expect(await ask(other, unpaid)).toMatchObject(refusal(404, 'not_found'))
  const cash = await book(trip, stranger)
  expect(await ask(stranger, cash)).toMatchObject(refusal(404, 'not_found'))
  for (const person of [trip.driver, other, stranger, await signInStaff('operator')]) {
    expect(await ask(person, booking)).toMatchObject(refusal(404, 'not_found'))
    expect(await ask(person, booking, '?format=html')).toMatchObject(refusal(404, 'not_found'))
    expect(await listOf(person)).toEqual([])
  }
  const finance = await signInStaff('finance')
  expect((await receiptOf(finance, booking)).number).toMatch(NUMBER)
})
