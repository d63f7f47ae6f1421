import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { REFUND_ASKING, REFUND_SENDING, REFUND_STUCK_MS } from '../../packages/payments/limits.ts'
import { backOff } from '../../packages/retries/back-off.ts'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { act } from '../storms/perform.ts'
import { booksOf, findingsAbout, whatIsWrong } from './payment-books.ts'
import { FARE, FEE, newFinancier, PAID, paidOnline, takeTold } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'

const world = await openPaymentWorld()
const { db, services, razorpay, ask, told } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const finance = await newFinancier(db, start)
const HALF = Math.round(FARE / 2)

afterEach(async () => {
  expect(await whatIsWrong(world)).toEqual([])
  razorpay.faults.clear()
})

type Paid = Awaited<ReturnType<typeof paidOnline>>
const cancel = ({ bookingId, passengerId }: Paid, now: Date) =>
  act(db, { bookingId, actorId: passengerId, action: 'cancel' }, now)
const giveBack = (paid: Paid, amount: number, more: object = {}) =>
  ask(finance, 'POST', '/payments/refund', {
    ...{ paymentId: paid.paymentId, amount: { amount, currency: 'INR' }, reason: 'Sorry', bearer: 'platform' },
    ...more,
  })
const notes = (paid: Paid) =>
  readRows(
    db,
    sql`select series, amount, fare_amount as fare, fee_amount + tax_amount as fee from receipts
      where payment_id = ${paid.paymentId} order by series desc, number`,
    z.object({ series: z.string(), amount: z.number(), fare: z.number(), fee: z.number() }),
  )

test('a late cancellation brings half the fare back, and the rest to its driver, with a credit note', async () => {
  const paid = await paidOnline(world, start)
  await cancel(paid, later(1000))
  expect(await settlePayments(services, later(2000), [paid.bookingId])).toEqual({ paymentsSettled: 1 })
  expect(await settlePayments(services, later(2000), [paid.bookingId])).toEqual({ paymentsSettled: 0 })
  await sendRefunds(services, later(3000))
  const { accounts, refunds } = await booksOf(world, paid.bookingId)
  expect(refunds).toMatchObject([{ state: 'processed', amount: HALF }])
  expect(accounts).toMatchObject({ driver: FARE - HALF, fee: 1_180, tax: 212 })
  expect(accounts['passenger']).toBeUndefined()
  expect(await notes(paid)).toEqual([
    { series: 'receipt', amount: PAID, fare: FARE, fee: FEE },
    { series: 'credit_note', amount: HALF, fare: HALF, fee: 0 },
  ])
  expect(await takeTold(world, later(4000))).toEqual(['known', 'known'])
})

test('where the driver cancels all of it comes back, fare and fee', async () => {
  const paid = await paidOnline(world, start, { bookingMode: 'approval' })
  const { bookingId, ride } = paid
  await act(db, { bookingId, actorId: ride.driverId, action: 'reject' }, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  expect(await notes(paid)).toMatchObject([{}, { amount: PAID, fare: FARE, fee: FEE }])
  expect((await booksOf(world, bookingId)).kinds).toEqual(['capture', 'refund', 'refund_paid'])
})

test('an ending is settled and given back right after it is told, without the sweep', async () => {
  const paid = await paidOnline(world, start)
  const reply = await ask(paid.passengerId, 'POST', `/bookings/${paid.bookingId}/cancel`)
  expect(reply.status).toBe(200)
  expect(await booksOf(world, paid.bookingId)).toMatchObject({
    refunds: [{ state: 'processed', amount: HALF }],
  })
})

test.each(['error', 'garbage', 'redirect'] as const)(
  'a refund whose answer is lost (%s) is sent once, and found',
  async (mode) => {
    const paid = await paidOnline(world, start)
    await cancel(paid, later(1000))
    await settlePayments(services, later(2000))
    razorpay.faults.add({ call: 'refund', mode, done: true, times: 2 })
    await sendRefunds(services, later(2000))
    const sent = await booksOf(world, paid.bookingId)
    expect(sent.refunds).toMatchObject([{ state: 'requested' }])
    // Too early to try again.
    expect(await sendRefunds(services, later(2000 + REFUND_SENDING.firstMs - 1))).toEqual({ refundsMoved: 0 })
    expect(await sendRefunds(services, later(2000 + REFUND_SENDING.firstMs))).toEqual({ refundsMoved: 1 })
    expect((await booksOf(world, paid.bookingId)).refunds).toMatchObject([{ state: 'processed' }])
    expect(
      [...razorpay.books.refunds.values()].filter(({ payment_id }) => payment_id === paid.gatewayPaymentId),
    ).toHaveLength(1)
    told.splice(0)
  },
)

test('a refund that takes days is asked after, and its webhook may be the first to say so', async () => {
  const slow = [await paidOnline(world, start), await paidOnline(world, start)] as const
  razorpay.newRefunds.add({ state: 'pending', times: 2 })
  for (const each of slow) await cancel(each, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  expect(await takeTold(world, later(3000))).toEqual(['known', 'known'])
  const states = async () =>
    Promise.all(slow.map(async ({ bookingId }) => (await booksOf(world, bookingId)).refunds[0]?.state))
  expect(await states()).toEqual(['sent', 'sent'])
  for (const { id, status } of razorpay.books.refunds.values())
    if (status === 'pending') await razorpay.processRefund(id)
  expect(await takeTold(world, later(4000))).toEqual(['taken', 'taken'])
  expect(await states()).toEqual(['processed', 'processed'])
  expect(await sendRefunds(services, later(backOff(REFUND_ASKING, 30)))).toEqual({ refundsMoved: 0 })
})

test('where that webhook is lost, asking finds it; and what takes too long is for somebody to look at', async () => {
  const paid = await paidOnline(world, start)
  razorpay.newRefunds.add({ state: 'pending' })
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  told.splice(0)
  const [refund] = (await booksOf(world, paid.bookingId)).refunds
  await sendRefunds(services, later(REFUND_STUCK_MS + 5000))
  expect(await findingsAbout(world, [refund?.id ?? ''])).toEqual(['refund_stuck'])
  const theirs = [...razorpay.books.refunds.values()].find(({ receipt }) => receipt === refund?.id)
  await razorpay.processRefund(theirs?.id ?? '')
  told.splice(0)
  await sendRefunds(services, later(2 * REFUND_STUCK_MS))
  expect((await booksOf(world, paid.bookingId)).refunds).toMatchObject([{ state: 'processed' }])
})

test('a refund that fails is the passenger’s money again, until the finance staff sends it once more', async () => {
  const paid = await paidOnline(world, start)
  razorpay.newRefunds.add({ state: 'pending' })
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  const [refund] = (await booksOf(world, paid.bookingId)).refunds
  const theirs = [...razorpay.books.refunds.values()].find(({ receipt }) => receipt === refund?.id)
  await razorpay.failRefund(theirs?.id ?? '')
  expect(await takeTold(world, later(3000))).toEqual(['known', 'taken'])
  expect(await findingsAbout(world, [refund?.id ?? ''])).toEqual(['refund_failed'])
  const { accounts, payments } = await booksOf(world, paid.bookingId)
  expect([accounts['passenger'], payments[0]?.refunded]).toEqual([HALF, 0])

  const again = (amount: number) => giveBack(paid, amount, { bearer: 'passenger' })
  expect(await again(HALF + 1)).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment' } })
  expect(await again(HALF)).toMatchObject({ status: 201, body: { state: 'requested', cause: 'ending' } })
  expect(await again(1)).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment' } })
  const after = await booksOf(world, paid.bookingId)
  expect([after.accounts['passenger'], after.refunds.map(({ state }) => state)]).toEqual([
    undefined,
    ['failed', 'processed'],
  ])
})

test('what the gateway refuses for good has failed, and says so', async () => {
  const paid = await paidOnline(world, start)
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  // Somebody has given all of it back by hand.
  const payment = razorpay.books.payments.get(paid.gatewayPaymentId)
  if (!payment) throw new Error('no payment')
  Object.assign(payment, { refund_status: 'full', amount_refunded: PAID })
  await sendRefunds(services, later(2000))
  const { refunds } = await booksOf(world, paid.bookingId)
  expect(refunds).toMatchObject([{ state: 'failed' }])
  expect(await findingsAbout(world, [refunds[0]?.id ?? ''])).toEqual(['refund_failed'])
  expect(await whatIsWrong(world)).toHaveLength(2)
  Object.assign(payment, { refund_status: null, amount_refunded: 0 })
})

test('goodwill is given before and after the end, by the platform or from the wallet, and never more than was paid', async () => {
  const paid = await paidOnline(world, start)
  const { ride, bookingId } = paid
  const { status, body } = await giveBack(paid, 1_000)
  expect([status, body]).toMatchObject([
    201,
    { state: 'requested', cause: 'goodwill', amount: { amount: 1_000 } },
  ])
  expect(await giveBack(paid, 500, { bearer: 'driver' })).toMatchObject({
    status: 409,
    body: { code: 'balance_too_low' },
  })
  expect(await giveBack(paid, PAID)).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment' } })
  expect(await giveBack(paid, 5, { bearer: 'passenger' })).toMatchObject({ status: 409 })
  expect((await booksOf(world, bookingId)).accounts).toMatchObject({ passenger: PAID })

  // The driver cancels: all comes back, and what was given already is the platform's again.
  await db.execute(
    sql`update bookings set state = 'cancelled', cancelled_by = 'driver', updated_at = ${later(9)} where id = ${bookingId}`,
  )
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  const all = await booksOf(world, bookingId)
  expect(all.refunds.map(({ cause, amount }) => `${cause} ${amount}`).toSorted()).toEqual([
    `ending ${PAID - 1_000}`,
    'goodwill 1000',
  ])
  expect([all.accounts['passenger'], all.accounts['driver']]).toEqual([undefined, undefined])
  expect(await giveBack(paid, 1)).toMatchObject({ status: 409, body: { code: 'refund_exceeds_payment' } })
  const { rows } = await db.execute(sql`select action from audit_events where subject = ${paid.paymentId}`)
  expect(rows).toEqual([{ action: 'payment.refund' }])
  expect(ride.driverId).not.toBe(paid.passengerId)
})

test('from the wallet goodwill is taken where the driver has it', async () => {
  const paid = await paidOnline(world, start)
  await db.execute(
    sql`update bookings set state = 'completed', updated_at = ${later(9)} where id = ${paid.bookingId}`,
  )
  await settlePayments(services, later(2000))
  expect((await booksOf(world, paid.bookingId)).accounts).toMatchObject({ driver: FARE })
  expect(await giveBack(paid, FARE + 1, { bearer: 'driver' })).toMatchObject({
    status: 409,
    body: { code: 'balance_too_low' },
  })
  expect(await giveBack(paid, 700, { bearer: 'driver' })).toMatchObject({ status: 201 })
  expect((await booksOf(world, paid.bookingId)).accounts).toMatchObject({ driver: FARE - 700 })
})
