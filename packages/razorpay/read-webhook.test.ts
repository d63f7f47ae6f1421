import * as fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { readWebhook } from './read-webhook.ts'
import { openGateway, PAYOUT, REFUND } from './testing/gateway.ts'

afterEach(() => vi.unstubAllGlobals())

const told = (event: string, payload: object) =>
  readWebhook(JSON.stringify({ entity: 'event', event, payload }))

const payment = {
  id: 'pay_1',
  order_id: 'order_1',
  amount: 52_500,
  currency: 'INR',
  status: 'captured',
  fee: 1239,
}
const refund = {
  id: 'rfnd_1',
  payment_id: 'pay_1',
  amount: 500,
  currency: 'INR',
  status: 'processed',
  receipt: REFUND,
}

test('every event of the stand-in is read, as its entity is then', async () => {
  const { port, gateway, order, told: webhooks } = openGateway()
  const { id } = await order()
  await gateway.fail(id)
  const { payment: paid } = await gateway.pay(id)
  gateway.newRefunds.add({ state: 'pending', times: 2 })
  const processed = await port.refund(paid.id, { id: REFUND, amount: 500 })
  await gateway.processRefund(processed.id)
  const failed = await port.refund(paid.id, { id: PAYOUT, amount: 500 })
  await gateway.failRefund(failed.id)
  const payouts = port.payouts ?? expect.unreachable('The account has payouts')
  const destination = { kind: 'upi', address: 'asha@okbank', name: 'Asha Gowda' } as const
  const fundAccountId = await payouts.register(REFUND, destination)
  const payout = await payouts.pay({ id: PAYOUT, amount: 900, fundAccountId, kind: 'upi' })
  await gateway.settled()
  await gateway.reversePayout(payout.id)
  const read = webhooks.map(({ body }) => readWebhook(body))
  expect(read).toMatchObject([
    { kind: 'payment', event: 'payment.failed', payment: { state: 'failed', orderId: id } },
    { kind: 'payment', event: 'payment.authorized', payment: { state: 'authorized', fee: 0 } },
    { kind: 'payment', event: 'payment.captured', payment: { state: 'captured', fee: 1239 } },
    { kind: 'order', event: 'order.paid', order: { id, isPaid: true }, payment: { id: paid.id } },
    { kind: 'refund', event: 'refund.created', refund: { state: 'pending', receipt: REFUND } },
    { kind: 'refund', event: 'refund.processed', refund: { state: 'processed' }, payment: { refunded: 500 } },
    { kind: 'refund', event: 'refund.created', payment: { refunded: 1000 } },
    { kind: 'refund', event: 'refund.failed', refund: { state: 'failed' }, payment: { refunded: 500 } },
    { kind: 'payout', event: 'payout.initiated', payout: { state: 'pending', reference: PAYOUT } },
    { kind: 'payout', event: 'payout.processed', payout: { state: 'paid' } },
    { kind: 'payout', event: 'payout.reversed', payout: { state: 'reversed' } },
  ])
})

test('a refund is read with its payment or without', () => {
  expect(told('refund.processed', { refund: { entity: refund } })).toMatchObject({
    kind: 'refund',
    payment: null,
  })
  const both = { refund: { entity: refund }, payment: { entity: payment } }
  expect(told('refund.processed', both)).toMatchObject({ payment: { id: 'pay_1' } })
})

test('what is not followed is ignored by its name', () => {
  for (const event of [
    'payment.dispute.created',
    'payout.downtime.started',
    'settlement.processed',
    'toString',
  ]) {
    expect(told(event, {})).toEqual({ kind: 'ignored', event })
  }
})

test.each([
  ['payment.captured', {}],
  ['payment.captured', { payment: payment }],
  ['payment.captured', { payment: { entity: { ...payment, amount: '52500' } } }],
  ['payment.captured', { payment: { entity: { ...payment, status: 'happy' } } }],
  ['payment.captured', { payment: { entity: { ...payment, id: 'pay_1/../x' } } }],
  ['payment.captured', { payment: { entity: { ...payment, currency: '' } } }],
  ['order.paid', { payment: { entity: payment } }],
  ['refund.processed', { payment: { entity: payment } }],
  ['refund.processed', { refund: { entity: { ...refund, amount: 0.5 } } }],
  ['refund.processed', { refund: { entity: refund }, payment: { entity: {} } }],
  ['payout.processed', { payout: { entity: { id: 'pout_1' } } }],
])('%s with %j cannot be read', (event, payload) => {
  expect(told(event, payload)).toEqual({ kind: 'unreadable' })
})

test('any text is read without a fault', () => {
  const events = fc.constantFrom('payment.captured', 'order.paid', 'refund.failed', 'payout.reversed', '')
  const bodies = fc.record({ event: events, payload: fc.object() }).map((body) => JSON.stringify(body))
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), bodies), (text) => {
      expect(['unreadable', 'ignored']).toContain(readWebhook(text).kind)
    }),
  )
})

test('a payment that went back stays captured, and one without an order has none', () => {
  const back = { ...payment, order_id: null, status: 'refunded', amount_refunded: 52_500 }
  expect(told('payment.captured', { payment: { entity: back } })).toMatchObject({
    payment: { state: 'captured', orderId: null, refunded: 52_500 },
  })
})
