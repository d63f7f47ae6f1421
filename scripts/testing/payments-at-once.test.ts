import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { databaseProblem } from '../../db/errors.ts'
import { findOrder } from '../../db/queries/payments/order-view.ts'
import { loadRefundable, requestRefund } from '../../db/queries/payments/request-refund.ts'
import { takePayment } from '../../db/queries/payments/take-payment.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { takeWebhooks } from '../../workers/events/take-webhooks.ts'
import { act } from '../storms/perform.ts'
import { booksOf, whatIsWrong } from './payment-books.ts'
import { initiate, newFinancier, PAID, paidOnline, takeTold, unpaidBooking } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'

/** With TEST_DATABASE_URL what is asked at once is done at once. */
const AT_ONCE = 20
const REFUNDS = 200
const PART = 1_000
const world = await openPaymentWorld()
const { db, services, razorpay, ask, deliver, told } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)

afterEach(async () => expect(await whatIsWrong(world)).toEqual([]))

const notices = async (topic: string, bookingId: string) => {
  const about = sql`select 1 from outbox where topic = ${topic} and payload ->> 'bookingId' = ${bookingId}`
  return (await db.execute(about)).rows.length
}
const receiptsOf = async (bookingId: string) => {
  const of = sql`select 1 from receipts join payments on payments.id = payment_id where booking_id = ${bookingId}`
  return (await db.execute(of)).rows.length
}

test(`the app, the webhooks and the reconciler, ${AT_ONCE} times each at once, capture a payment once`, async () => {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiate(world, unpaid)
  const { checkout } = await razorpay.pay(order.gatewayOrderId)
  const webhooks = told.splice(0)
  const verify = () =>
    ask(unpaid.passengerId, 'POST', '/payments/verify', { orderId: order.orderId, ...checkout })
  const reconcile = async () => {
    await db.execute(sql`update payment_orders set check_at = ${start} where id = ${order.orderId}`)
    return reconcilePayments(services, start)
  }
  const all = await Promise.all(
    Array.from({ length: AT_ONCE }, async () =>
      Promise.all([
        verify().then(({ status }) => status),
        deliver(webhooks),
        reconcile(),
        takeWebhooks(services, start),
      ]),
    ),
  )
  expect(new Set(all.flatMap(([status, statuses]) => [status, ...statuses]))).toEqual(new Set([200]))
  const { bookingId } = unpaid
  expect(await booksOf(world, bookingId)).toMatchObject({
    ...{ state: 'confirmed', kinds: ['capture'], payments: [{ captured: PAID, surplus: false }] },
    accounts: { passenger: PAID },
  })
  expect(
    await Promise.all([
      receiptsOf(bookingId),
      notices('booking.new', bookingId),
      notices('payment.captured', bookingId),
    ]),
  ).toEqual([1, 1, 1])
  const { rows } = await db.execute(sql`select attempts from webhook_events where try_at is not null`)
  expect(rows).toEqual([])
})

test('of two payments that are taken in at once one is the booking’s, and the other a surplus', async () => {
  const unpaid = await unpaidBooking(db, start)
  const { gatewayOrderId } = await initiate(world, unpaid)
  const [first, second] = [
    await razorpay.pay(gatewayOrderId),
    await razorpay.pay(gatewayOrderId, { evenIfPaid: true }),
  ]
  told.splice(0)
  const order = await findOrder(db, gatewayOrderId)
  if (!order) throw new Error('no order')
  const take = async (id: string) => takePayment(db, { order, payment: await port().payment(id) }, start)
  const ids = Array.from({ length: AT_ONCE }, (_, n) => (n % 2 === 0 ? first : second).payment.id)
  const taken = await Promise.all(ids.map(take))
  expect(taken.filter((each) => each === 'taken')).toHaveLength(2)
  const { payments } = await booksOf(world, unpaid.bookingId)
  expect(payments.map(({ surplus }) => String(surplus)).toSorted()).toEqual(['false', 'true'])
})

function port() {
  if (!services.payments) throw new Error('no gateway')
  return services.payments
}

test('an order that is asked for by many at once is one order', async () => {
  const unpaid = await unpaidBooking(db, start)
  const orders = await Promise.all(Array.from({ length: AT_ONCE }, () => initiate(world, unpaid)))
  expect(new Set(orders.map(({ orderId, gatewayOrderId }) => `${orderId} ${gatewayOrderId}`)).size).toBe(1)
})

test(`${REFUNDS} parts that are given back at once stop at what came in`, async () => {
  const paid = await paidOnline(world, start)
  const payment = await loadRefundable(db, paid.paymentId)
  if (!payment) throw new Error('no payment')
  const actorId = await newFinancier(db, start)
  const began = performance.now()
  const given = await Promise.all(
    Array.from({ length: REFUNDS }, () =>
      requestRefund(
        db,
        { id: uuidv7(), payment, amount: PART, bearer: 'platform', note: 'A part', actorId },
        start,
      ),
    ),
  )
  const milliseconds = Math.round(performance.now() - began)
  const fitting = Math.floor(PAID / PART)
  expect(given.filter((each) => each !== undefined)).toHaveLength(fitting)
  expect((await booksOf(world, paid.bookingId)).payments).toMatchObject([
    { captured: PAID, refunded: fitting * PART },
  ])
  for (let run = 0; run < 3; run++)
    await Promise.all([sendRefunds(services, later(run)), sendRefunds(services, later(run))])
  await takeTold(world, later(10))
  const { refunds, accounts } = await booksOf(world, paid.bookingId)
  expect(refunds.map(({ state }) => state)).toEqual(Array.from({ length: fitting }, () => 'processed'))
  expect(accounts['refunds']).toBeUndefined()
  console.log(
    `${REFUNDS} parallel refunds of ${PART} paise: ${fitting} given back of ${PAID}, ${milliseconds} ms`,
  )
})

test('a booking that ends, is settled, and of which parts are given back, all at once, gives back no more than came in', async () => {
  const paid = await paidOnline(world, start)
  const payment = await loadRefundable(db, paid.paymentId)
  if (!payment) throw new Error('no payment')
  const { bookingId, passengerId } = paid
  const actorId = await newFinancier(db, start)
  const part = () =>
    requestRefund(
      db,
      { id: uuidv7(), payment, amount: PART, bearer: 'platform', note: 'A part', actorId },
      start,
    )
  await Promise.all([
    act(db, { bookingId, actorId: passengerId, action: 'cancel' }, later(1)),
    ...Array.from({ length: AT_ONCE }, async (_, n) => {
      if (n % 2 === 0) await part()
      await settlePayments(services, later(2), [bookingId])
      await sendRefunds(services, later(3))
    }),
  ])
  for (let run = 0; run < 5; run++) {
    await settlePayments(services, later(10 + run))
    await sendRefunds(services, later(20 + run * 3600_000))
  }
  await takeTold(world, later(30))
  const { payments, accounts, refunds } = await booksOf(world, bookingId)
  expect(refunds.every(({ state }) => state === 'processed')).toBe(true)
  expect(refunds.filter(({ cause }) => cause === 'ending')).toHaveLength(1)
  expect(payments[0]?.refunded).toBe(refunds.reduce((sum, { amount }) => sum + amount, 0))
  expect([accounts['passenger'], accounts['refunds']]).toEqual([undefined, undefined])
})

test('drivers’ wallets give goodwill only once', async () => {
  const paid = await paidOnline(world, start)
  await db.execute(
    sql`update bookings set state = 'completed', updated_at = ${later(9)} where id = ${paid.bookingId}`,
  )
  await settlePayments(services, later(10), [paid.bookingId])
  const payment = await loadRefundable(db, paid.paymentId)
  if (!payment) throw new Error('no payment')
  const actorId = await newFinancier(db, start)
  const earned = (await booksOf(world, paid.bookingId)).accounts['driver'] ?? 0
  const amount = Math.floor(earned / 2) + 1
  const tries = Array.from({ length: AT_ONCE }, () =>
    requestRefund(db, { id: uuidv7(), payment, amount, bearer: 'driver', note: 'All', actorId }, start).catch(
      (error: unknown) => databaseProblem(error)?.code,
    ),
  )
  const outcomes = await Promise.all(tries)
  expect(outcomes.filter((each) => typeof each === 'object')).toHaveLength(1)
  await sendRefunds(services, later(20))
  await takeTold(world, later(30))
})
