import { createHmac } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { MAX_WEBHOOK_BYTES, WEBHOOK_TRIES } from '../../packages/payments/limits.ts'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { takeWebhooks } from '../../workers/events/take-webhooks.ts'
import { newPerson } from './open-world.ts'
import { booksOf, findingsAbout, whatIsWrong } from './payment-books.ts'
import {
  checkOut,
  expectReconciled,
  initiateAt,
  newFinancier,
  PAID,
  takeTold,
  unpaidBooking,
} from './payment-flows.ts'
import { KEYS, openPaymentWorld } from './payment-world.ts'

/** What somebody might try, and what the gateway might do: each leaves the books as they were, and says what happened. */
const MINUTE_MS = 60_000
const world = await openPaymentWorld()
const { db, services, razorpay, told, ask, deliver } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const stranger = await newPerson(db, start)
const WEBHOOK = 'https://api.margwa.test/api/v1/payments/webhook'

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
const webhook = (body: string, headers: Record<string, string>) =>
  new Request(WEBHOOK, { method: 'POST', body, headers })
const signed = (body: string, id: string) =>
  webhook(body, { 'x-razorpay-event-id': id, 'x-razorpay-signature': hmac(KEYS.RAZORPAY_WEBHOOK_SECRET, body) })
const keptWebhooks = async () => (await db.execute(sql`select 1 from webhook_events`)).rows.length

afterEach(() => expectReconciled(world, start))
const checkedOut = (how: Parameters<typeof razorpay.pay>[1] = {}) => checkOut(world, start, how)

test('nobody names what they pay', async () => {
  const { bookingId, passengerId } = await unpaidBooking(db, start)
  const amount = { amount: 100, currency: 'INR' }
  const reply = await ask(passengerId, 'POST', '/payments/initiate', { bookingId, amount })
  expect(reply).toMatchObject({ status: 422, body: { code: 'invalid_fields' } })
  const { body } = await ask(passengerId, 'POST', '/payments/initiate', { bookingId })
  expect(body).toMatchObject({ amount: { amount: PAID }, gateway: 'razorpay', keyId: KEYS.RAZORPAY_KEY_ID })
})

test('a booking of somebody else is not there to be paid, nor its payments to be seen', async () => {
  const paid = await checkedOut()
  const { bookingId, ride, passengerId } = paid
  expect(await ask(stranger, 'POST', '/payments/initiate', { bookingId })).toMatchObject({ status: 404 })
  expect(await paid.verify({}, stranger)).toMatchObject({ status: 404 })
  expect(await ask(stranger, 'GET', `/payments/${bookingId}`)).toMatchObject({ status: 404 })
  const money = { amount: 100, currency: 'INR' }
  const refund = { paymentId: bookingId, amount: money, reason: 'Mine', bearer: 'platform' }
  expect(await ask(stranger, 'POST', '/payments/refund', refund)).toMatchObject({ status: 403 })
  const finance = await newFinancier(db, start)
  expect(await ask(finance, 'POST', '/payments/refund', refund)).toMatchObject({ status: 404 })
  await paid.verify()
  const seenBy = async (person: string) => (await ask(person, 'GET', `/payments/${bookingId}`)).body
  expect(await seenBy(ride.driverId)).toEqual({ bookingId, isPaid: true, details: null })
  expect(await seenBy(passengerId)).toMatchObject({
    isPaid: true,
    details: { payments: [{ state: 'captured' }] },
  })
  expect(await seenBy(finance)).toEqual(await seenBy(passengerId))
})

test('a signature with any one letter changed is none', async () => {
  const { checkout, verify, bookingId } = await checkedOut()
  const { razorpay_signature: right } = checkout
  for (let at = 0; at < right.length; at++) {
    const changed = Number.parseInt(right[at] ?? '0', 16) ^ 1
    const wrong = right.slice(0, at) + changed.toString(16) + right.slice(at + 1)
    const reply = await verify({ razorpay_signature: wrong })
    expect(reply).toMatchObject({ status: 422, body: { code: 'payment_signature_invalid' } })
  }
  expect((await booksOf(world, bookingId)).payments).toEqual([])
  expect((await verify()).status).toBe(200)
}, 60_000)

test('a checkout of another order, or signed with the webhook’s secret, is none', async () => {
  const [mine, other] = [await checkedOut(), await checkedOut()]
  const { razorpay_order_id, razorpay_payment_id } = mine.checkout
  const text = `${razorpay_order_id}|${razorpay_payment_id}`
  for (const wrong of [
    { razorpay_signature: hmac(KEYS.RAZORPAY_WEBHOOK_SECRET, text) },
    { razorpay_signature: hmac('', text) },
    other.checkout,
    { razorpay_order_id: other.gatewayOrderId },
    { razorpay_payment_id: other.checkout.razorpay_payment_id },
  ])
    expect(await mine.verify(wrong)).toMatchObject({ body: { code: 'payment_signature_invalid' } })
  expect((await booksOf(world, mine.bookingId)).payments).toEqual([])
})

test('a webhook without its signature, or with another, is not kept', async () => {
  await checkedOut()
  const [real] = told.splice(0)
  const body = (await real?.clone().text()) ?? ''
  const right = hmac(KEYS.RAZORPAY_WEBHOOK_SECRET, body)
  const kept = await keptWebhooks()
  const flipped = Array.from(right, (letter, at) => {
    const changed = (Number.parseInt(letter, 16) ^ 1).toString(16)
    return right.slice(0, at) + changed + right.slice(at + 1)
  })
  const wrongs = [
    '',
    right.slice(1),
    `${right}0`,
    hmac(KEYS.RAZORPAY_KEY_SECRET, body),
    hmac('', body),
    ...flipped,
  ]
  const answers = await deliver(wrongs.map((wrong) => webhook(body, { 'x-razorpay-signature': wrong })))
  expect(new Set(answers)).toEqual(new Set([401]))
  expect(await deliver([webhook(`${body} `, { 'x-razorpay-signature': right })])).toEqual([401])
  expect(await deliver([webhook(body, {})])).toEqual([401])
  expect(await keptWebhooks()).toBe(kept)
  expect(await deliver([signed('x'.repeat(MAX_WEBHOOK_BYTES + 1), 'evt_large')])).toEqual([413])
})

test('a webhook that is replayed changes nothing, also under another id or without one', async () => {
  const { bookingId } = await checkedOut()
  const real = told.splice(0)
  await deliver(real)
  const books = await booksOf(world, bookingId)
  expect(books).toMatchObject({ state: 'confirmed', kinds: ['capture'] })
  const kept = await keptWebhooks()
  expect(await deliver(real)).toEqual([200, 200, 200])
  expect(await keptWebhooks()).toBe(kept)
  const body = (await real[1]?.clone().text()) ?? ''
  const right = { 'x-razorpay-signature': hmac(KEYS.RAZORPAY_WEBHOOK_SECRET, body) }
  expect(await deliver([signed(body, 'evt_other'), webhook(body, right), webhook(body, right)])).toEqual([
    200, 200, 200,
  ])
  expect(await keptWebhooks()).toBe(kept + 2)
  expect(await booksOf(world, bookingId)).toEqual(books)
})

test('what is signed and means nothing is kept and put aside', async () => {
  const strange = [
    ['evt_unknown', '{"event":"dispute.created","payload":{}}', 'ignored'],
    ['evt_garbage', '{"event":', 'unreadable'],
    ['evt_bytes', '\u0000\uFFFD', 'unreadable'],
    ['evt_half', '{"event":"payment.captured","payload":{"payment":{}}}', 'unreadable'],
  ] as const
  for (const [id, body, outcome] of strange) {
    expect(await deliver([signed(body, id)])).toEqual([200])
    const { rows } = await db.execute(sql`select outcome, try_at from webhook_events where id = ${id}`)
    expect(rows).toEqual([{ outcome, try_at: null }])
  }
  expect(world.errors).toEqual([])
})

test('money for an order of nobody is waited for, and then for somebody to look at', async () => {
  const order = await services.payments?.createOrder({ id: 'not-ours', amount: 5_000, notes: {} })
  const { payment } = await razorpay.pay(order?.id ?? '')
  expect(await takeTold(world, start)).toEqual(['waits', 'waits', 'waits'])
  for (let tries = 2; tries <= WEBHOOK_TRIES; tries++) {
    expect(await findingsAbout(world, [payment.id])).toEqual([])
    await takeWebhooks(services, later(tries * 24 * 60 * MINUTE_MS))
  }
  expect(await findingsAbout(world, [payment.id])).toEqual(['payment_unknown'])
  expect(await whatIsWrong(world)).toEqual([expect.stringContaining(payment.id)])
  razorpay.books.payments.delete(payment.id)
})

test.each([{ amount: PAID - 1 }, { amount: PAID + 1 }, { currency: 'USD' }])(
  'a payment of %j is not what was ordered',
  async (how) => {
    const { bookingId, payment, verify, orderId } = await checkedOut(how)
    expect(await verify()).toMatchObject({ status: 409, body: { code: 'payment_mismatch' } })
    expect(await takeTold(world, start)).toEqual(['mismatch', 'mismatch', 'mismatch'])
    await db.execute(sql`update payment_orders set check_at = ${start} where id = ${orderId}`)
    expect(await reconcilePayments(services, start)).toMatchObject({ paymentsFound: 0 })
    expect(await findingsAbout(world, [payment.id])).toEqual(['payment_mismatch'])
    expect(await booksOf(world, bookingId)).toMatchObject({ state: 'unpaid', payments: [], kinds: [] })
    razorpay.books.payments.delete(payment.id)
  },
)

test('what did not come in is not given back', async () => {
  const { bookingId, paymentId } = await authorizedOnly()
  const finance = await newFinancier(db, start)
  const amount = { amount: 100, currency: 'INR' }
  const refund = (more: object = {}) =>
    ask(finance, 'POST', '/payments/refund', {
      paymentId,
      amount,
      reason: 'Sorry',
      bearer: 'platform',
      ...more,
    })
  expect(await refund()).toMatchObject({ status: 409, body: { code: 'payment_not_captured' } })
  expect(await refund({ amount: { amount: 0, currency: 'INR' } })).toMatchObject({ status: 422 })
  expect(await refund({ amount: { amount: 1.5, currency: 'INR' } })).toMatchObject({ status: 422 })
  expect(await refund({ amount: { amount: 100, currency: 'USD' } })).toMatchObject({ status: 422 })
  expect((await booksOf(world, bookingId)).refunds).toEqual([])
})

async function authorizedOnly() {
  const unpaid = await unpaidBooking(db, start)
  const order = await initiateAt(world, unpaid, start)
  await razorpay.pay(order.gatewayOrderId, { capture: false })
  await takeTold(world, start)
  const [payment] = (await booksOf(world, unpaid.bookingId)).payments
  return { ...unpaid, paymentId: payment?.id }
}
