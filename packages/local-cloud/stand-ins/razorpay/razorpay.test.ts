import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { Journal } from '../journal.ts'
import { createRazorpay } from './razorpay.ts'

const Answer = z.looseObject({
  id: z.string().default(''),
  error: z.object({ description: z.string(), field: z.string().optional() }).optional(),
  items: z.array(z.looseObject({})).optional(),
})
const Event = z.object({ event: z.string() })
let journal: Journal
let received: Request[]
let answers: number[]
let razorpay: ReturnType<typeof createRazorpay>

beforeEach(() => {
  journal = new Journal()
  received = []
  answers = []
  razorpay = createRazorpay({
    journal,
    keyId: 'rzp_test_1',
    keySecret: 'key-secret',
    webhookSecret: 'webhook-secret',
    payoutAccount: '2323230000000001',
    webhookUrl: 'http://127.0.0.1/webhooks/razorpay',
    retryDelays: [1, 1],
    async send(request) {
      received.push(request)
      return new Response(null, { status: answers.shift() ?? 204 })
    },
  })
})
afterEach(() => razorpay.close())

const BASIC = `Basic ${btoa('rzp_test_1:key-secret')}`
async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await razorpay.fetch(
    new Request(`https://api.razorpay.com/v1${path}`, {
      method,
      headers: { authorization: BASIC, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
  )
  const answer = Answer.parse(await response.json())
  return { status: response.status, answer }
}
const order = async (amount = 25_000) =>
  (await call('POST', '/orders', { amount, currency: 'INR', receipt: 'b1' })).answer
const events = () =>
  Promise.all(received.map(async (request) => Event.parse(await request.clone().json()).event))

test('an order is created, fetched and found by its receipt', async () => {
  const created = await order()
  expect(created).toMatchObject({
    id: expect.stringMatching(/^order_\w{14}$/),
    amount: 25_000,
    amount_due: 25_000,
    status: 'created',
  })
  expect((await call('GET', `/orders/${created.id}`)).answer).toEqual(created)
  expect((await call('GET', '/orders?receipt=b1')).answer.items).toEqual([created])
  expect((await call('GET', '/orders?receipt=other')).answer.items).toEqual([])
})

test.each([
  [{ currency: 'INR' }, 'amount'],
  [{ amount: 99, currency: 'INR' }, 'amount'],
  [{ amount: 100.5, currency: 'INR' }, 'amount'],
  [{ amount: 100, currency: 'USD' }, 'currency'],
  [{ amount: 100, currency: 'INR', receipt: 'x'.repeat(41) }, 'receipt'],
  [{ amount: 100, currency: 'INR', recipt: 'x' }, undefined],
])('%j is no order', async (body, field) => {
  const { status, answer } = await call('POST', '/orders', body)
  expect([status, answer.error?.field]).toEqual([400, field])
})

test('wrong keys, ids and paths are refused', async () => {
  expect(
    (await call('GET', '/orders', undefined, { authorization: `Basic ${btoa('rzp_test_1:x')}` })).status,
  ).toBe(401)
  expect((await call('GET', '/orders/order_none')).status).toBe(400)
  expect((await call('GET', '/payments/toString')).status).toBe(400)
  expect((await call('GET', '/settlements')).status).toBe(404)
})

test('paying captures, marks the order paid, and sends signed events in order', async () => {
  const { id } = await order()
  const { payment, checkout } = await razorpay.pay(id)
  expect(checkout.razorpay_signature).toBe(
    createHmac('sha256', 'key-secret').update(`${id}|${payment.id}`).digest('hex'),
  )
  expect(await events()).toEqual(['payment.authorized', 'payment.captured', 'order.paid'])
  for (const request of received) {
    const signature = createHmac('sha256', 'webhook-secret')
      .update(await request.clone().text())
      .digest('hex')
    expect(request.headers.get('x-razorpay-signature')).toBe(signature)
  }
  expect(new Set(received.map(({ headers }) => headers.get('x-razorpay-event-id'))).size).toBe(3)
  expect(await received[2]?.clone().json()).toMatchObject({
    entity: 'event',
    contains: ['payment', 'order'],
    payload: {
      payment: { entity: { id: payment.id, status: 'captured', captured: true } },
      order: { entity: { id, status: 'paid', amount_due: 0 } },
    },
  })
  expect((await call('GET', `/orders/${id}/payments`)).answer).toMatchObject({
    count: 1,
    items: [{ id: payment.id, order_id: id }],
  })
  await expect(razorpay.pay(id)).rejects.toThrow('paid already')
  await expect(razorpay.pay('order_none')).rejects.toThrow('does not exist')
})

test('a failed attempt leaves the order payable', async () => {
  const { id } = await order()
  expect((await razorpay.fail(id)).payment).toMatchObject({
    status: 'failed',
    error_reason: 'payment_failed',
    captured: false,
  })
  expect(await events()).toEqual(['payment.failed'])
  await razorpay.pay(id)
  expect((await call('GET', `/orders/${id}`)).answer).toMatchObject({ status: 'paid', attempts: 2 })
})

test('an authorized payment waits for its capture of exactly the amount', async () => {
  const { payment } = await razorpay.pay((await order()).id, { capture: false })
  expect((await call('POST', `/payments/${payment.id}/refund`, {})).status).toBe(400)
  expect(
    (await call('POST', `/payments/${payment.id}/capture`, { amount: 24_999, currency: 'INR' })).status,
  ).toBe(400)
  const captured = await call('POST', `/payments/${payment.id}/capture`, { amount: 25_000, currency: 'INR' })
  expect(captured.answer).toMatchObject({ status: 'captured', fee: 590, tax: 90 })
  await razorpay.settled()
  expect(await events()).toEqual(['payment.authorized', 'payment.captured', 'order.paid'])
  expect((await call('POST', `/payments/${payment.id}/capture`, { amount: 25_000 })).status).toBe(400)
})

test('refunds never exceed the capture, and a key makes one only once', async () => {
  const { payment } = await razorpay.pay((await order()).id)
  const refund = (amount: number | undefined, key: string) =>
    call('POST', `/payments/${payment.id}/refund`, { amount }, { 'x-refund-idempotency': key })
  const first = await refund(10_000, 'refund-key-1')
  expect(first.answer).toMatchObject({
    id: expect.stringMatching(/^rfnd_/),
    amount: 10_000,
    status: 'processed',
  })
  expect((await refund(10_000, 'refund-key-1')).answer.id).toBe(first.answer.id)
  expect((await refund(9000, 'refund-key-1')).answer.error?.description).toContain('same idempotency key')
  expect((await refund(9000, 'short')).status).toBe(400)
  expect((await refund(15_001, 'refund-key-2')).answer.error?.description).toContain('greater than')
  const rest = await Promise.all(['a', 'b', 'c'].map((name) => refund(undefined, `refund-rest-${name}`)))
  expect(rest.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
  expect((await call('GET', `/payments/${payment.id}`)).answer).toMatchObject({
    status: 'refunded',
    refund_status: 'full',
    amount_refunded: 25_000,
  })
  expect((await call('GET', `/payments/${payment.id}/refunds`)).answer).toMatchObject({ count: 2 })
  await razorpay.settled()
  expect((await events()).filter((event) => event === 'refund.processed')).toHaveLength(2)
})

test('a webhook is retried with the same id until it is accepted, and not for ever', async () => {
  answers = [500, 503, 200]
  const { id } = await order()
  await razorpay.fail(id)
  await razorpay.settled()
  expect(received).toHaveLength(3)
  expect(new Set(received.map(({ headers }) => headers.get('x-razorpay-event-id'))).size).toBe(1)
  answers = Array.from({ length: 9 }, () => 500)
  await razorpay.fail(id)
  await razorpay.settled()
  expect(received).toHaveLength(6)
  expect(journal.list({ kind: 'webhook' })).toHaveLength(6)
})

test('an event can be sent again, and nothing is sent where nobody listens', async () => {
  const { id } = await order()
  await razorpay.fail(id)
  await razorpay.resend(received[0]?.headers.get('x-razorpay-event-id') ?? '')
  expect(await events()).toEqual(['payment.failed', 'payment.failed'])
  await expect(razorpay.resend('evt_none')).rejects.toThrow('No such event')
  razorpay.setWebhookUrl(undefined)
  await razorpay.fail(id)
  expect(received).toHaveLength(2)
})
