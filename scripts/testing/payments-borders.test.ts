import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { post } from '../../db/queries/ledger/post.ts'
import { reportUnsettled } from '../../db/queries/payments/report-unsettled.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { ORDER_FOLLOWED_MS, REFUND_STUCK_MS, UNSETTLED_MS } from '../../packages/payments/limits.ts'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { act } from '../storms/perform.ts'
import { booksOf, findingsAbout, whatIsWrong } from './payment-books.ts'
import { FARE, initiateAt, newFinancier, PAID, paidOnline, takeTold, unpaidBooking } from './payment-flows.ts'
import { KEYS, openPaymentWorld } from './payment-world.ts'

/** Where one part ends and another begins: what one does not expect of the other costs nobody anything. */
const world = await openPaymentWorld()
const { db, services, razorpay, ask, told, deliver } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const finance = await newFinancier(db, start)
const rupees = (amount: number) => ({ amount, currency: 'INR' })

afterEach(() => {
  razorpay.faults.clear()
  told.splice(0)
})

type Paid = Awaited<ReturnType<typeof paidOnline>>
const cancel = ({ bookingId, passengerId }: Paid, now: Date) =>
  act(db, { bookingId, actorId: passengerId, action: 'cancel' }, now)
const giveBack = ({ paymentId }: Pick<Paid, 'paymentId'>, amount: number, more: object = {}, by = finance) =>
  ask(by, 'POST', '/payments/refund', {
    ...{ paymentId, amount: rupees(amount), reason: 'Sorry', bearer: 'platform', ...more },
  })
const theirsOf = (id: string | undefined) =>
  [...razorpay.books.refunds.values()].find(({ receipt }) => receipt === id)?.id ?? ''
async function openFindings(reference: string): Promise<unknown[]> {
  const { rows } = await db.execute(
    sql`select kind from money_findings where reference = ${reference} and resolved_at is null order by kind`,
  )
  return rows.map(({ kind }) => kind)
}

test('orders that the gateway knows nothing of hold up no other, and are closed after their day', async () => {
  const gone: string[] = []
  for (let each = 0; each < 4; each++) {
    const { orderId, gatewayOrderId } = await initiateAt(world, await unpaidBooking(db, start), start)
    razorpay.books.orders.delete(gatewayOrderId)
    gone.push(orderId)
  }
  const unpaid = await unpaidBooking(db, later(1000))
  const { gatewayOrderId } = await initiateAt(world, unpaid, later(1000))
  await razorpay.pay(gatewayOrderId)
  told.splice(0)
  expect(await reconcilePayments(services, later(2 * 60_000))).toMatchObject({ paymentsFound: 1 })
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'confirmed' })
  await reconcilePayments(services, later(ORDER_FOLLOWED_MS + 60_000))
  const { rows } = await db.execute(
    sql`select state from payment_orders where id = ${gone[0]} and check_at is null`,
  )
  expect(rows).toEqual([{ state: 'closed' }])
})

test('a refund that the gateway puts off for days is somebody’s to look at, until it is through', async () => {
  const paid = await paidOnline(world, start)
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  razorpay.faults.add({ call: 'refund', mode: 'busy', times: 100 })
  const [refund] = (await booksOf(world, paid.bookingId)).refunds
  await sendRefunds(services, later(2000))
  expect(await openFindings(refund?.id ?? '')).toEqual([])
  await sendRefunds(services, later(REFUND_STUCK_MS + 10_000))
  expect(await openFindings(refund?.id ?? '')).toEqual(['refund_stuck'])
  razorpay.faults.clear()
  await sendRefunds(services, later(2 * REFUND_STUCK_MS))
  expect((await booksOf(world, paid.bookingId)).refunds).toMatchObject([{ state: 'processed' }])
  expect(await openFindings(refund?.id ?? '')).toEqual([])
})

test('a refund that went through after it had failed is somebody’s to look at', async () => {
  const paid = await paidOnline(world, start)
  razorpay.newRefunds.add({ state: 'pending' })
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  const [refund] = (await booksOf(world, paid.bookingId)).refunds
  const theirs = theirsOf(refund?.id)
  await razorpay.failRefund(theirs)
  await takeTold(world, later(3000))
  const entity = { ...razorpay.books.refunds.get(theirs), status: 'processed' }
  const body = JSON.stringify({ event: 'refund.processed', payload: { refund: { entity } } })
  const signature = createHmac('sha256', KEYS.RAZORPAY_WEBHOOK_SECRET).update(body).digest('hex')
  const headers = { 'x-razorpay-signature': signature, 'x-razorpay-event-id': 'late-end' }
  const url = 'https://api.margwa.test/api/v1/payments/webhook'
  expect(await deliver([new Request(url, { method: 'POST', body, headers })])).toEqual([200])
  expect(await findingsAbout(world, [theirs])).toEqual(['refund_mismatch'])
})

test('who bore goodwill has it again once, also where it fails while the booking is settled', async () => {
  const paid = await paidOnline(world, start, { bookingMode: 'approval' })
  razorpay.newRefunds.add({ state: 'pending' })
  expect(await giveBack(paid, 1_000)).toMatchObject({ status: 201 })
  const [goodwill] = (await booksOf(world, paid.bookingId)).refunds
  await act(db, { bookingId: paid.bookingId, actorId: paid.ride.driverId, action: 'reject' }, later(1000))
  // Whether it is given is not known yet.
  await settlePayments(services, later(2000))
  await razorpay.failRefund(theirsOf(goodwill?.id))
  await takeTold(world, later(3000))
  await settlePayments(services, later(4000))
  await sendRefunds(services, later(4000))
  const { accounts, refunds } = await booksOf(world, paid.bookingId)
  expect(refunds.map(({ state, amount }) => `${state} ${amount}`)).toEqual(['failed 1000', `processed ${PAID}`])
  expect(Object.keys(accounts).toSorted()).toEqual(['costs', 'gateway'])
  expect(await whatIsWrong(world)).toEqual([])
})

test('goodwill on its way does not keep a driver who drove waiting', async () => {
  const paid = await paidOnline(world, start)
  razorpay.newRefunds.add({ state: 'pending' })
  await giveBack(paid, 1_000)
  await db.execute(
    sql`update bookings set state = 'completed', updated_at = ${later(9)} where id = ${paid.bookingId}`,
  )
  await settlePayments(services, later(2000))
  expect((await booksOf(world, paid.bookingId)).accounts).toMatchObject({ driver: FARE })
})

test('nobody of the staff gives money back to themselves, or of a ride of theirs', async () => {
  const paid = await paidOnline(world, start)
  for (const person of [paid.passengerId, paid.ride.driverId]) {
    await db.execute(
      sql`insert into staff_roles (user_id, role, granted_by, granted_at) values (${person}, 'finance', ${finance}, ${start})`,
    )
    expect(await giveBack(paid, 500, {}, person)).toMatchObject({ status: 409, body: { code: 'own_account' } })
  }
  expect((await booksOf(world, paid.bookingId)).refunds).toEqual([])
})

test('what a failed refund left goes back whole: nothing of it stays behind', async () => {
  const paid = await paidOnline(world, start)
  razorpay.newRefunds.add({ state: 'pending' })
  await cancel(paid, later(1000))
  await settlePayments(services, later(2000))
  await sendRefunds(services, later(2000))
  const [refund] = (await booksOf(world, paid.bookingId)).refunds
  await razorpay.failRefund(theirsOf(refund?.id))
  await takeTold(world, later(3000))
  const again = (amount: number) => giveBack(paid, amount, { bearer: 'passenger' })
  expect(await again(1_000)).toMatchObject({ status: 409 })
  expect(await again(refund?.amount ?? 0)).toMatchObject({ status: 201 })
  expect((await booksOf(world, paid.bookingId)).accounts['passenger']).toBeUndefined()
})

test('characters that no database takes keep no payment out of the books', async () => {
  const unpaid = await unpaidBooking(db, start)
  const { gatewayOrderId } = await initiateAt(world, unpaid, start)
  const { payment } = await razorpay.pay(gatewayOrderId)
  told.splice(0)
  const entity = { ...payment, method: 'u\u0000pi', error_description: 'a\u0000b' }
  const sign = (body: string) => createHmac('sha256', KEYS.RAZORPAY_WEBHOOK_SECRET).update(body).digest('hex')
  const url = 'https://api.margwa.test/api/v1/payments/webhook'
  const notices = ['payment.captured', 'dispute\u0000.created'].map((event, n) => {
    const body = JSON.stringify({ event, payload: { payment: { entity } } })
    const headers = { 'x-razorpay-signature': sign(body), 'x-razorpay-event-id': `odd-${n}` }
    return new Request(url, { method: 'POST', body, headers })
  })
  expect(await deliver(notices)).toEqual([200, 200])
  expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: 'confirmed' })
})

test('a payment that the ledger refuses is somebody’s to look at, and waits for them', async () => {
  const paid = await paidOnline(world, start)
  const lines = [
    { account: 'passenger', ownerId: paid.passengerId, amount: -PAID } as const,
    { account: 'costs', amount: PAID } as const,
  ]
  const of = { id: uuidv7(), reference: uuidv7(), bookingId: null }
  await db.execute(
    sql`with source as (select 1), ${post('source', { kind: 'correction', lines }, of, start)} select 1`,
  )
  await db.execute(
    sql`update bookings set state = 'completed', updated_at = ${later(9)} where id = ${paid.bookingId}`,
  )
  await settlePayments(services, later(2000))
  expect(await findingsAbout(world, [paid.paymentId])).toEqual(['settlement_failed'])
  const before = world.errors.length
  await settlePayments(services, later(3000))
  expect(world.errors.length).toBe(before)
})

test('what is shown before a booking is cancelled is what comes back then', async () => {
  const paid = await paidOnline(world, start, { bookingMode: 'approval' })
  await giveBack(paid, 1_000)
  const { body } = await ask(paid.passengerId, 'GET', `/bookings/${paid.bookingId}/cancellation`)
  expect(body).toMatchObject({ reason: 'not_accepted', refund: rupees(PAID - 1_000), kept: rupees(0) })
  const cancelled = await ask(paid.passengerId, 'POST', `/bookings/${paid.bookingId}/cancel`, {
    refund: rupees(PAID - 1_000),
  })
  expect(cancelled).toMatchObject({ status: 200, body: { refund: { refund: rupees(PAID - 1_000) } } })
  const seen = await ask(paid.passengerId, 'GET', `/bookings/${paid.bookingId}`)
  expect(seen.body).toMatchObject({ refund: { refund: rupees(PAID - 1_000) } })
  const { refunds } = await booksOf(world, paid.bookingId)
  expect(new Set(refunds.map(({ amount }) => amount))).toEqual(new Set([1_000, PAID - 1_000]))
})

test('money kept for a ride that nobody ended is somebody’s to look at, until it is settled', async () => {
  const [paid, coming] = [await paidOnline(world, start), await paidOnline(world, start)]
  await db.execute(
    sql`update rides set departs_at = ${later(1000)}, arrives_at = ${later(2000)} where id = ${paid.ride.rideId}`,
  )
  await reportUnsettled(db, later(UNSETTLED_MS))
  expect(await openFindings(paid.paymentId)).toEqual([])
  const long = later(UNSETTLED_MS + 60_000)
  await Promise.all([reportUnsettled(db, long), reportUnsettled(db, long)])
  expect(await openFindings(paid.paymentId)).toEqual(['payment_unsettled'])
  expect(await openFindings(coming.paymentId)).toEqual([])
  await cancel(paid, later(UNSETTLED_MS + 70_000))
  await settlePayments(services, later(UNSETTLED_MS + 80_000), [paid.bookingId])
  expect(await openFindings(paid.paymentId)).toEqual([])
})
