import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { findOrder } from '../../db/queries/payments/order-view.ts'
import { takePayment } from '../../db/queries/payments/take-payment.ts'
import { PAYMENT_HOLD_MS } from '../../packages/booking/payment-deadline.ts'
import { ORDER_FOLLOWED_MS } from '../../packages/payments/limits.ts'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { settleRides } from '../../workers/events/settle-rides.ts'
import { act } from '../storms/perform.ts'
import { booksOf, findingsAbout, whatIsWrong } from './payment-books.ts'
import { initiate, initiateAt, PAID, takeTold, unpaidBooking } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'

/** What only a clock can bring about; these call the runners with their own `now`. */
const MINUTE_MS = 60_000
const world = await openPaymentWorld()
const { db, services, razorpay, told, ask, deliver } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const GATEWAY_FEE = Math.round(PAID * 0.02) + Math.round(Math.round(PAID * 0.02) * 0.18)
const lapsed = PAYMENT_HOLD_MS + MINUTE_MS

/** Whatever happened: the ledger balances, and the gateway says the same. */
afterEach(async () => expect(await whatIsWrong(world)).toEqual([]))

/** Gives back all that is to be given back. */
async function finish(now: Date) {
  await settlePayments(services, now)
  await sendRefunds(services, now)
  await takeTold(world, now)
}
const orderState = async (id: string) => {
  const { rows } = await db.execute(
    sql`select state, check_at is null as done from payment_orders where id = ${id}`,
  )
  return rows[0]
}

test('a booking is paid and confirmed once, whoever tells of it', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiate(world, unpaid)
  expect(await initiate(world, unpaid)).toEqual(order)
  const { checkout } = await razorpay.pay(order.gatewayOrderId)
  const verify = { orderId: order.orderId, ...checkout }
  const reply = await ask(unpaid.passengerId, 'POST', '/payments/verify', verify)
  expect(reply).toMatchObject({ status: 200, body: { isPaid: true } })
  expect(await deliver()).toEqual([200, 200, 200])
  expect(await ask(unpaid.passengerId, 'POST', '/payments/verify', verify)).toEqual(reply)
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({
    ...{ state: 'confirmed', kinds: ['capture'], refunds: [] },
    accounts: { passenger: PAID, gateway: GATEWAY_FEE - PAID, costs: -GATEWAY_FEE },
  })
})

test('webhooks may come in any order, again, and before the order is known', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  await razorpay.pay(order.gatewayOrderId)
  await db.execute(
    sql`update payment_orders set state = 'new', gateway_order_id = null where id = ${order.orderId}`,
  )
  told.reverse()
  expect(await takeTold(world, later(1000))).toEqual(['waits', 'waits', 'waits'])
  // The reconciler finds what the answer that was lost would have said, and then what was paid.
  await db.execute(sql`update payment_orders set check_at = ${later(2000)} where id = ${order.orderId}`)
  expect(await reconcilePayments(services, later(2000))).toMatchObject({ paymentsFound: 1 })
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'confirmed', kinds: ['capture'] })
  await takeTold(world, later(2 * MINUTE_MS))
  const { rows } = await db.execute(
    sql`select outcome from webhook_events where outcome is distinct from 'known' and try_at > ${later(2000)}`,
  )
  expect(rows).toEqual([])
})

test('what nobody told is found by the reconciler, also an answer to a new order that was lost', async () => {
  const unpaid = await unpaidBooking(db, start)
  razorpay.faults.add({ call: 'create_order', mode: 'garbage', done: true })
  const lost = await ask(unpaid.passengerId, 'POST', '/payments/initiate', { bookingId: unpaid.bookingId })
  expect(lost).toMatchObject({ status: 503, body: { code: 'payment_gateway_unavailable' } })
  const order = await initiate(world, unpaid)
  expect(razorpay.orders(100).filter(({ receipt }) => receipt === order.orderId)).toHaveLength(1)
  await razorpay.pay(order.gatewayOrderId)
  told.splice(0)
  expect(await reconcilePayments(services, later(2 * MINUTE_MS))).toMatchObject({ paymentsFound: 1 })
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'confirmed' })
})

test('what the bank said yes to is captured while the seats are held, and not after the departure', async () => {
  const [unpaid, gone] = [await unpaidBooking(db, start), await unpaidBooking(db, start)]
  for (const each of [unpaid, gone]) {
    const order = await initiateAt(world, each, start)
    await razorpay.pay(order.gatewayOrderId, { capture: false })
  }
  expect(await takeTold(world, start)).toEqual(['taken', 'taken'])
  expect(await booksOf(world, gone.bookingId)).toMatchObject({ state: 'unpaid', kinds: [] })
  await db.execute(sql`update rides set departs_at = ${start} where id = ${gone.ride.rideId}`)
  await reconcilePayments(services, later(2 * MINUTE_MS))
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'confirmed', kinds: ['capture'] })
  expect(await booksOf(world, gone.bookingId)).toMatchObject({ payments: [{ state: 'authorized' }], kinds: [] })
  expect(await takeTold(world, later(2 * MINUTE_MS))).toEqual(['known', 'known'])
})

test('a payment that comes late takes the seat again', async () => {
  const unpaid = await unpaidBooking(db, start, { capacity: 1 })
  const order = await initiateAt(world, unpaid, start)
  await settleRides(services, later(lapsed))
  expect((await booksOf(world, unpaid.bookingId)).state).toBe('expired')
  await razorpay.pay(order.gatewayOrderId)
  expect(await takeTold(world, later(lapsed + 1000))).toEqual(['taken', 'taken', 'known'])
  expect((await booksOf(world, unpaid.bookingId)).state).toBe('confirmed')
})

test('where somebody else has the seat by then, it all goes back', async () => {
  const unpaid = await unpaidBooking(db, start, { capacity: 1, seatIds: ['1A'] })
  const order = await initiateAt(world, unpaid, start)
  await settleRides(services, later(lapsed))
  await unpaidBooking(db, later(lapsed), { on: unpaid.ride })
  await razorpay.pay(order.gatewayOrderId)
  expect(await takeTold(world, later(lapsed + 1000))).toContain('taken')
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'expired', kinds: ['capture'] })
  await finish(later(lapsed + 2000))
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({
    ...{ state: 'expired', refunds: [{ state: 'processed', cause: 'ending', amount: PAID }] },
    accounts: { gateway: GATEWAY_FEE, costs: -GATEWAY_FEE },
  })
})

test('who cancels while paying gets it all back', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  const { bookingId, passengerId } = unpaid
  await act(db, { bookingId, actorId: passengerId, action: 'cancel' }, later(1000))
  await razorpay.pay(order.gatewayOrderId)
  await takeTold(world, later(2000))
  await finish(later(3000))
  expect(await booksOf(world, bookingId)).toMatchObject({
    ...{ state: 'cancelled', payments: [{ refunded: PAID, settled: true }] },
    refunds: [{ state: 'processed', amount: PAID }],
  })
})

test('who pays twice has the second payment back, and the booking', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  await razorpay.pay(order.gatewayOrderId)
  await razorpay.pay(order.gatewayOrderId, { evenIfPaid: true })
  await takeTold(world, later(1000))
  await finish(later(2000))
  const { state, payments, refunds, accounts } = await booksOf(world, unpaid.bookingId)
  expect([state, payments.map(({ surplus }) => String(surplus)).toSorted()]).toEqual([
    'confirmed',
    ['false', 'true'],
  ])
  expect(refunds).toMatchObject([{ cause: 'surplus', state: 'processed', amount: PAID }])
  expect(accounts).toMatchObject({ passenger: PAID })
})

test('a payment that failed leaves the order open, and one that was captured stays so', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  await razorpay.fail(order.gatewayOrderId)
  expect(await takeTold(world, later(1000))).toEqual(['taken'])
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({
    state: 'unpaid',
    payments: [{ state: 'failed' }],
  })
  const { payment } = await razorpay.pay(order.gatewayOrderId)
  await takeTold(world, later(2000))
  const known = await findOrder(db, order.gatewayOrderId)
  if (!known) throw new Error('no order')
  const seen = {
    id: payment.id,
    orderId: order.gatewayOrderId,
    amount: PAID,
    currency: 'INR',
    fee: 0,
    refunded: 0,
  }
  for (const state of ['failed', 'authorized', 'captured'] as const) {
    const again = { ...seen, state, method: null, failure: null }
    expect(await takePayment(db, { order: known, payment: again }, later(3000))).toBe('known')
  }
  expect((await booksOf(world, unpaid.bookingId)).payments.map(({ state }) => state)).toEqual([
    'failed',
    'captured',
  ])
})

test('orders are closed a day later, and what comes even then is given back', async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  await settleRides(services, later(lapsed))
  await reconcilePayments(services, later(lapsed))
  expect(await orderState(order.orderId)).toEqual({ state: 'open', done: false })
  await reconcilePayments(services, later(ORDER_FOLLOWED_MS))
  await reconcilePayments(services, later(ORDER_FOLLOWED_MS + 60 * MINUTE_MS))
  expect(await orderState(order.orderId)).toEqual({ state: 'closed', done: true })
  const { payment } = await razorpay.pay(order.gatewayOrderId)
  await takeTold(world, later(2 * ORDER_FOLLOWED_MS))
  await finish(later(2 * ORDER_FOLLOWED_MS))
  expect(await orderState(order.orderId)).toMatchObject({ state: 'paid' })
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({
    refunds: [{ state: 'processed', amount: PAID }],
  })
  expect(await findingsAbout(world, [payment.id])).toEqual([])
})

test('a gateway that does not answer is left alone after a few orders, and they come back', async () => {
  for (let n = 0; n < 5; n++) await initiateAt(world, await unpaidBooking(db, start), start)
  razorpay.faults.add({ call: 'read_payments', mode: 'error', times: 100 })
  const asked = await reconcilePayments(services, later(40 * 24 * 60 * MINUTE_MS))
  expect(asked.ordersChecked).toBe(0)
  expect(100 - (razorpay.faults.list()[0]?.times ?? 0)).toBe(6)
  razorpay.faults.clear()
  const again = await reconcilePayments(services, later(40 * 24 * 60 * MINUTE_MS + 6 * MINUTE_MS))
  expect(again.ordersChecked).toBeGreaterThanOrEqual(5)
})
