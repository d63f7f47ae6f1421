import { afterEach, expect, test } from 'vitest'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { booksOf } from './payment-books.ts'
import { checkOut, expectReconciled, PAID, unpaidBooking } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'

/** A gateway that hangs, fails, says something else or sends elsewhere: nobody pays twice, and what was paid is found. */
const MINUTE_MS = 60_000
const world = await openPaymentWorld()
const { db, services, razorpay, told, ask } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)

afterEach(() => expectReconciled(world, start))
const checkedOut = (how: Parameters<typeof razorpay.pay>[1] = {}) => checkOut(world, start, how)

test.each(['hang', 'error', 'garbage', 'redirect', 'busy'] as const)(
  'a gateway that does not say what was paid (%s) says so later: nobody pays again',
  async (mode) => {
    const { bookingId, verify, orderId } = await checkedOut()
    told.splice(0)
    razorpay.faults.add({ call: 'read_payment', mode, times: 2 })
    expect(await verify()).toMatchObject({ status: 202, body: { orderId, state: 'processing' } })
    expect(await booksOf(world, bookingId)).toMatchObject({ state: 'unpaid', payments: [] })
    razorpay.faults.clear()
    // It is looked after at once, not when its turn comes.
    expect(await reconcilePayments(services, new Date())).toEqual({ ordersChecked: 1, paymentsFound: 1 })
    expect(await booksOf(world, bookingId)).toMatchObject({ state: 'confirmed', kinds: ['capture'] })
  },
)

test.each(['error', 'garbage', 'redirect', 'busy'] as const)(
  'an order that the gateway does not make (%s) is made when it is asked for again',
  async (mode) => {
    const { bookingId, passengerId } = await unpaidBooking(db, start)
    razorpay.faults.add({ call: 'create_order', mode })
    const headers = { 'idempotency-key': `initiate-${mode}` }
    const initiating = () => ask(passengerId, 'POST', '/payments/initiate', { bookingId }, headers)
    expect(await initiating()).toMatchObject({ status: 503, body: { code: 'payment_gateway_unavailable' } })
    expect(await initiating()).toMatchObject({ status: 201, body: { amount: { amount: PAID } } })
    expect(await initiating()).toEqual(await initiating())
  },
)

test('nothing is to be paid for what is paid, over, or in cash', async () => {
  const paid = await checkedOut()
  await paid.verify()
  const again = await ask(paid.passengerId, 'POST', '/payments/initiate', { bookingId: paid.bookingId })
  expect(again).toMatchObject({ status: 409, body: { code: 'booking_not_unpaid' } })
  const late = await unpaidBooking(db, later(-20 * MINUTE_MS))
  const tooLate = await ask(late.passengerId, 'POST', '/payments/initiate', { bookingId: late.bookingId })
  expect(tooLate).toMatchObject({ status: 409, body: { code: 'booking_expired' } })
})
