import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { call, expectBody, refusal } from './client/api.ts'
import { readBooking } from './client/bookings.ts'
import {
  addRule,
  clearRules,
  gatewayBooks,
  payOrder,
  releaseWebhooks,
  repeatWebhooks,
} from './client/checkout.ts'
import { bookOnline, initiate } from './client/paying.ts'
import { type Person, signIn } from './client/people.ts'
import { publishTrip } from './client/trips.ts'

/** What the application makes of a gateway that answers wrongly, in the runtime that it runs in. */

afterEach(clearRules)

const ask = ({ token }: Person, bookingId: string) =>
  call('POST', '/api/v1/payments/initiate', { token, body: { bookingId } })

async function unpaid() {
  const [trip, person] = await Promise.all([publishTrip({ amount: 10_000 }), signIn()])
  const booking = await bookOnline(trip, person)
  return { person, booking }
}

/** The gateway's orders that are for this booking. */
const ordersOf = async (bookingId: string) =>
  (await gatewayBooks()).orders.filter(({ notes }) => JSON.stringify(notes).includes(bookingId))

test.each([
  { mode: 'error', done: false },
  { mode: 'error', done: true },
  { mode: 'busy', done: false },
  { mode: 'garbage', done: true },
  { mode: 'redirect', done: false },
  { mode: 'redirect', done: true },
  { mode: 'hang', done: true },
] as const)(
  'an order after $mode, done: $done, is one order when it is asked for again',
  async ({ mode, done }) => {
    const { person, booking } = await unpaid()
    await addRule({ call: 'create_order', mode, done, about: booking.id })
    expect(await ask(person, booking.id)).toMatchObject(refusal(503, 'payment_gateway_unavailable'))
    expect(await ordersOf(booking.id)).toHaveLength(done ? 1 : 0)
    const { orderId, gatewayOrderId } = await initiate(person, booking)
    expect(await ordersOf(booking.id)).toMatchObject([{ id: gatewayOrderId, receipt: orderId }])
  },
)

test('a look-up that fails once is tried again, and nobody notices', async () => {
  const { person, booking } = await unpaid()
  await addRule({ call: 'find_orders', mode: 'error' })
  expect(await initiate(person, booking)).toMatchObject({ gatewayOrderId: expect.stringMatching(/^order_/) })
  await addRule({ call: 'find_orders', mode: 'error', times: 9 })
  const other = await unpaid()
  expect(await ask(other.person, other.booking.id)).toMatchObject(refusal(503, 'payment_gateway_unavailable'))
  expect(await ordersOf(other.booking.id)).toEqual([])
})

test('webhooks that come late, in the wrong order and again confirm a booking once', async () => {
  const { person, booking } = await unpaid()
  const { gatewayOrderId } = await initiate(person, booking)
  await addRule({ webhook: 'hold', about: gatewayOrderId, times: 3 })
  const { payment } = await payOrder(gatewayOrderId)
  expect((await readBooking(booking, person)).state).toBe('unpaid')
  await releaseWebhooks(true)
  await expect.poll(async () => (await readBooking(booking, person)).state).toBe('confirmed')
  expect(await repeatWebhooks(payment.id)).toBe(3)
  const paid = z.object({ details: z.object({ payments: z.array(z.looseObject({ state: z.string() })) }) })
  const path = `/api/v1/payments/${booking.id}`
  const { details } = expectBody(await call('GET', path, { token: person.token }), 200, paid)
  expect(details.payments).toMatchObject([{ state: 'captured', amount: { amount: payment.amount } }])
})
