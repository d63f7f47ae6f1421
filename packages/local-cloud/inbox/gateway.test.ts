import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { createEgress } from '../egress.ts'
import { Journal } from '../stand-ins/journal.ts'
import { countedIds } from '../stand-ins/razorpay/new-id.ts'
import { createRazorpay, type Razorpay } from '../stand-ins/razorpay/razorpay.ts'
import type { HttpServer } from './serve-http.ts'
import { startInbox } from './start-inbox.ts'

const Answer = z.looseObject({ id: z.string().default(''), items: z.array(z.unknown()).default([]) })
const KEYS = { keyId: 'k', keySecret: 's', webhookSecret: 'w', payoutAccount: '23' }
let razorpay: Razorpay
let inbox: HttpServer
let told: string[]

beforeEach(async () => {
  told = []
  const journal = new Journal()
  razorpay = createRazorpay({
    ...{ ...KEYS, journal, newId: countedIds(), webhookUrl: 'http://127.0.0.1/webhook' },
    async send(request) {
      told.push(z.object({ event: z.string() }).parse(await request.json()).event)
      return new Response()
    },
  })
  inbox = await startInbox({ port: 0, host: '127.0.0.1', journal, razorpay, egress: createEgress({}) })
})
afterEach(async () => {
  await inbox.close()
  await razorpay.close()
})

const send = (method: string, path: string, body?: unknown) =>
  fetch(inbox.url + path, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
const post = (path: string, body?: unknown) => send('POST', path, body)
const read = async (path: string) => Answer.parse(await (await fetch(inbox.url + path)).json())

async function call(path: string, body: object, headers: Record<string, string> = {}) {
  const request = new Request(`https://api.razorpay.com/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('k:s')}`, ...headers },
    body: JSON.stringify(body),
  })
  return Answer.parse(await (await razorpay.fetch(request)).json()).id
}
const order = () => call('/orders', { amount: 25_000, currency: 'INR', notes: { booking: 'b' } })
const paid = async () => (await razorpay.pay(await order())).payment.id

async function payout() {
  const contact_id = await call('/contacts', { name: 'Asha' })
  const vpa = { contact_id, account_type: 'vpa', vpa: { address: 'asha@okbank' } }
  const fund_account_id = await call('/fund_accounts', vpa)
  const body = {
    account_number: '23',
    fund_account_id,
    amount: 900,
    currency: 'INR',
    mode: 'UPI',
    purpose: 'payout',
  }
  return call('/payouts', body, { 'x-payout-idempotency': crypto.randomUUID() })
}

test('orders are paid and declined', async () => {
  const id = await order()
  expect((await post(`/api/payments/${id}/fail`)).status).toBe(200)
  const payment = await post(`/api/payments/${id}/pay`)
  expect(await payment.json()).toMatchObject({
    payment: { order_id: id, status: 'captured' },
    checkout: { razorpay_order_id: id },
  })
  expect(await read('/api/payments')).toMatchObject({
    items: [{ id, status: 'paid', payments: [{ status: 'captured', refunds: [] }, { status: 'failed' }] }],
  })
  expect((await post(`/api/payments/${id}/pay`)).status).toBe(409)
  expect((await post('/api/payments/order_none/pay')).status).toBe(404)
  expect((await post(`/api/payments/${id}/refund`)).status).toBe(404)
  expect((await fetch(`${inbox.url}/api/payments/${id}/pay`)).status).toBe(404)
})

test('an order is paid as no checkout would', async () => {
  const id = await order()
  const odd = { capture: false, amount: 24_999, currency: 'USD' }
  expect(await (await post(`/api/payments/${id}/pay`, odd)).json()).toMatchObject({
    payment: { status: 'authorized', amount: 24_999, currency: 'USD' },
  })
  await post(`/api/payments/${id}/pay`)
  expect((await post(`/api/payments/${id}/pay`, { evenIfPaid: true })).status).toBe(200)
  for (const body of [{ amount: 0 }, { capture: 'no' }, { currency: 'rupees' }, { tip: 1 }])
    expect((await post(`/api/payments/${await order()}/pay`, body)).status).toBe(400)
})

test('refunds and payouts that wait are ended once, each in its ways', async () => {
  await post('/api/gateway/rules', { refund: 'pending', times: 2 })
  await post('/api/gateway/rules', { payout: 'processing', times: 2 })
  await post('/api/gateway/rules', { payout: 'queued' })
  const payment = await paid()
  const refund = await call(`/payments/${payment}/refund`, { amount: 100 })
  const second = await call(`/payments/${payment}/refund`, { amount: 200 })
  const payouts = [await payout(), await payout(), await payout()]
  const status = async (path: string) => {
    const answer = await post(path)
    return answer.ok ? z.object({ status: z.string() }).parse(await answer.json()).status : answer.status
  }
  expect(await status(`/api/refunds/${refund}/process`)).toBe('processed')
  expect(await status(`/api/refunds/${refund}/fail`)).toBe(409)
  expect(await status(`/api/refunds/${second}/fail`)).toBe('failed')
  expect(await status('/api/refunds/rfnd_none/fail')).toBe(404)
  expect(await status(`/api/payouts/${payouts[0]}/reject`)).toBe(409)
  expect(await status(`/api/payouts/${payouts[0]}/process`)).toBe('processed')
  expect(await status(`/api/payouts/${payouts[0]}/reverse`)).toBe('reversed')
  expect(await status(`/api/payouts/${payouts[1]}/fail`)).toBe('failed')
  expect(await status(`/api/payouts/${payouts[1]}/process`)).toBe(409)
  expect(await status(`/api/payouts/${payouts[2]}/reject`)).toBe('rejected')
  expect(await status('/api/payouts/pout_none/process')).toBe(404)
  const states = ['rejected', 'failed', 'reversed'].map((each) => ({ status: each }))
  expect(await read('/api/payouts')).toMatchObject({ items: states })
})

test('rules are added, read, used up and cleared', async () => {
  const about = await order()
  await post('/api/gateway/rules', { call: 'read_order', mode: 'error', about })
  await post('/api/gateway/rules', { webhook: 'lose', event: 'payment.captured' })
  await post('/api/gateway/rules', { webhook: 'repeat', event: 'order.paid' })
  expect(await read('/api/gateway/rules')).toMatchObject({
    calls: [{ call: 'read_order', mode: 'error', times: 1, about }],
    webhooks: [{ mishap: 'lose' }, { mishap: 'repeat' }],
  })
  await razorpay.pay(about)
  expect(told).toEqual(['payment.authorized', 'order.paid', 'order.paid'])
  expect(await read('/api/gateway/rules')).toMatchObject({ calls: [{}], webhooks: [] })
  expect((await send('DELETE', '/api/gateway/rules')).status).toBe(204)
  expect(await read('/api/gateway/rules')).toMatchObject({ calls: [], webhooks: [], held: [] })
})

test.each([
  { call: 'nothing', mode: 'error' },
  { call: 'refund', mode: 'explode' },
  { call: 'refund', mode: 'error', times: 0 },
  { webhook: 'eat' },
  { refund: 'failed' },
  { payout: 'paid' },
  {},
  undefined,
])('%j is no rule', async (rule) => {
  expect((await post('/api/gateway/rules', rule)).status).toBe(400)
})

test('held webhooks leave when they are released, the other way round if asked', async () => {
  await post('/api/gateway/rules', { webhook: 'hold', times: 3 })
  await paid()
  expect(told).toEqual([])
  expect(await read('/api/gateway/rules')).toMatchObject({ held: [{ event: 'payment.authorized' }, {}, {}] })
  expect(await (await post('/api/gateway/release', { reversed: true })).json()).toEqual({ released: 3 })
  expect(told).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])
  expect((await post('/api/gateway/release', { at: 'once' })).status).toBe(400)
  expect(await (await post('/api/gateway/release')).json()).toEqual({ released: 0 })
})

test('an event is sent again by its id', async () => {
  await razorpay.fail(await order())
  const Journalled = z.object({ items: z.array(z.object({ data: z.object({ eventId: z.string() }) })) })
  const answer = await fetch(`${inbox.url}/api/journal?kind=webhook`)
  const [entry] = Journalled.parse(await answer.json()).items
  expect((await post(`/api/webhooks/${entry?.data.eventId}/send`)).status).toBe(200)
  expect(told).toEqual(['payment.failed', 'payment.failed'])
  expect((await post('/api/webhooks/evt_none/send')).status).toBe(404)
})

test('the books can be read whole', async () => {
  const payment = await paid()
  await call(`/payments/${payment}/refund`, { amount: 100 })
  await payout()
  expect(await read('/api/gateway/books')).toMatchObject({
    orders: [{ status: 'paid' }],
    payments: [{ id: payment, amount_refunded: 100 }],
    refunds: [{ payment_id: payment, status: 'processed' }],
    payouts: [{ amount: 900 }],
    fundAccounts: [{ vpa: { address: 'asha@okbank' } }],
  })
})

test('a checkout is shown for an order, and for nothing else', async () => {
  const id = await order()
  const page = await fetch(`${inbox.url}/checkout/${id}?callback=x`)
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    ...[200, expect.stringContaining("script-src 'self'")],
  ])
  expect(await page.text()).not.toMatch(/<script(?![^>]*src)|\son\w+=|style=/)
  expect(await read(`/api/orders/${id}`)).toMatchObject({ id, amount: 25_000, notes: { booking: 'b' } })
  expect((await fetch(`${inbox.url}/api/orders/order_none`)).status).toBe(404)
  expect((await fetch(`${inbox.url}/checkout/pay_1`)).status).toBe(404)
})
