import { afterEach, expect, test, vi } from 'vitest'
import { ACCOUNT, ORDER, openGateway, REFUND } from './testing/gateway.ts'

afterEach(() => vi.unstubAllGlobals())

async function paid({ capture = true } = {}) {
  const opened = openGateway()
  const order = await opened.order()
  const { payment } = await opened.gateway.pay(order.id, { capture })
  opened.asked.length = 0
  return { ...opened, order, payment }
}

test('an order is made with our id as its receipt, to be captured by itself, and found by it', async () => {
  const { port, asked, order } = openGateway()
  const made = await order()
  expect(made).toEqual({
    id: 'order_00000000000001',
    receipt: ORDER,
    amount: 52_500,
    currency: 'INR',
    isPaid: false,
  })
  expect(await asked[1]?.json()).toMatchObject({
    ...{ amount: 52_500, currency: 'INR', receipt: ORDER, notes: {} },
    payment: { capture: 'automatic' },
  })
  expect(await port.findOrder(ORDER)).toEqual(made)
  expect(await port.findOrder(REFUND)).toBeUndefined()
})

test('an order whose answer was lost is not made again', async () => {
  const { gateway, order } = openGateway()
  gateway.faults.add({ call: 'create_order', mode: 'error', done: true })
  await expect(order()).rejects.toMatchObject({ failure: 'unanswered' })
  const found = await order()
  expect(await order()).toEqual(found)
  expect([...gateway.books.orders.keys()]).toEqual([found.id])
})

test('of several orders with one receipt the paid one is found, or else the first', async () => {
  const { port, gateway, order } = openGateway()
  const first = await order()
  const body = { amount: 52_500, currency: 'INR', receipt: ORDER }
  const headers = { authorization: `Basic ${btoa(`${ACCOUNT.keyId}:${ACCOUNT.keySecret}`)}` }
  const again = { method: 'POST', headers, body: JSON.stringify(body) }
  for (const _ of [1, 2]) await gateway.fetch(new Request('https://api.razorpay.com/v1/orders', again))
  const [, second = '', third] = gateway.books.orders.keys()
  expect(third).toBeDefined()
  expect(await port.findOrder(ORDER)).toMatchObject({ id: first.id })
  await gateway.pay(second)
  expect(await port.findOrder(ORDER)).toMatchObject({ id: second, isPaid: true })
})

test('payments are told as they stand, a failed one with its reason', async () => {
  const { port, gateway, order: makeOrder } = openGateway()
  const order = await makeOrder()
  await gateway.fail(order.id)
  const { payment } = await gateway.pay(order.id)
  const captured = {
    ...{ id: payment.id, orderId: order.id, amount: 52_500, currency: 'INR', state: 'captured' },
    ...{ fee: 1239, refunded: 0, method: 'upi', failure: null },
  }
  expect(await port.payment(payment.id)).toEqual(captured)
  expect(await port.paymentsOf(order.id)).toEqual([
    captured,
    expect.objectContaining({ state: 'failed', fee: 0, failure: expect.stringContaining('declined') }),
  ])
})

test('an authorized payment is taken in once, however often', async () => {
  const { port, gateway, payment } = await paid({ capture: false })
  expect(await port.payment(payment.id)).toMatchObject({ state: 'authorized', fee: 0 })
  gateway.faults.add({ call: 'capture', mode: 'hang', done: true })
  vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(AbortSignal.abort(new DOMException('', 'TimeoutError')))
  await expect(port.capture(payment.id, 52_500)).rejects.toMatchObject({ failure: 'unanswered' })
  expect(await port.capture(payment.id, 52_500)).toMatchObject({ state: 'captured', fee: 1239 })
})

test('a capture that was refused may have been done: without an answer nobody knows', async () => {
  const { port, gateway, payment } = await paid()
  gateway.faults.add({ call: 'read_payment', mode: 'busy' })
  await expect(port.capture(payment.id, 52_500)).rejects.toMatchObject({ failure: 'unanswered' })
})

test('a payment that failed, and another amount, are not taken in', async () => {
  const { port, gateway, order: makeOrder } = openGateway()
  const order = await makeOrder()
  const { payment: failed } = await gateway.fail(order.id)
  await expect(port.capture(failed.id, 52_500)).rejects.toMatchObject({ failure: 'refused' })
  const { payment } = await gateway.pay(order.id, { capture: false })
  await expect(port.capture(payment.id, 52_499)).rejects.toMatchObject({ failure: 'refused' })
  await port.capture(payment.id, 52_500)
  await expect(port.capture(payment.id, 52_499)).rejects.toMatchObject({ failure: 'refused' })
})

test('a refund is made once with one id, and never for another amount', async () => {
  const { port, asked, gateway, payment } = await paid()
  const refund = await port.refund(payment.id, { id: REFUND, amount: 20_000 })
  expect(refund).toEqual({
    ...{ id: expect.stringMatching(/^rfnd_/), paymentId: payment.id, receipt: REFUND, amount: 20_000 },
    ...{ currency: 'INR', state: 'processed' },
  })
  expect(asked[0]?.headers.get('x-refund-idempotency')).toBe(REFUND)
  expect(await port.refund(payment.id, { id: REFUND, amount: 20_000 })).toEqual(refund)
  await expect(port.refund(payment.id, { id: REFUND, amount: 1_000 })).rejects.toMatchObject({
    failure: 'refused',
    message: expect.stringContaining('idempotency'),
  })
  expect(gateway.books.refunds.size).toBe(1)
  expect(await port.refundsOf(payment.id)).toEqual([refund])
  expect(await port.payment(payment.id)).toMatchObject({ state: 'captured', refunded: 20_000 })
})

test('more than was captured is not refunded, and a payment that went back whole stays captured', async () => {
  const { port, payment } = await paid()
  const refused = { failure: 'refused', message: expect.stringContaining('greater than') }
  await expect(port.refund(payment.id, { id: REFUND, amount: 52_501 })).rejects.toMatchObject(refused)
  await port.refund(payment.id, { id: REFUND, amount: 52_500 })
  expect(await port.payment(payment.id)).toMatchObject({ state: 'captured', refunded: 52_500 })
})

test('refunds are followed while they wait, and when they fail', async () => {
  const { port, gateway, payment } = await paid()
  gateway.newRefunds.add({ state: 'pending' })
  const { id } = await port.refund(payment.id, { id: REFUND, amount: 20_000 })
  expect(await port.refundsOf(payment.id)).toMatchObject([{ state: 'pending' }])
  await gateway.failRefund(id)
  expect(await port.refundsOf(payment.id)).toMatchObject([{ state: 'failed' }])
  expect(await port.payment(payment.id)).toMatchObject({ refunded: 0 })
})

test.each(['', '..', 'pay_1/../../orders', 'pay_1?x', 'order_1', 'https://evil.example', 'pay_%2e', 'pay_1\n'])(
  'nothing is asked about a payment called %j',
  async (id) => {
    const { port, asked } = openGateway()
    const calls: Promise<unknown>[] = [
      port.payment(id),
      port.capture(id, 100),
      port.refundsOf(id),
      port.paymentsOf(id.slice(1)),
    ]
    calls.push(port.refund(id, { id: REFUND, amount: 100 }))
    for (const call of calls) await expect(call).rejects.toMatchObject({ failure: 'refused' })
    expect(asked).toEqual([])
  },
)

test('a receipt cannot change what is asked', async () => {
  const { port, asked } = openGateway()
  await port.findOrder('x&count=1#/../payments')
  const { pathname, searchParams } = new URL(asked[0]?.url ?? '')
  expect([pathname, searchParams.get('receipt'), searchParams.get('count')]).toEqual([
    ...['/v1/orders', 'x&count=1#/../payments', '100'],
  ])
})

test('there is no payout port without a payout account', () => {
  expect(openGateway({ ...ACCOUNT, payoutAccount: '' }).port.payouts).toBeNull()
  expect(openGateway().port).toMatchObject({ keyId: ACCOUNT.keyId, payouts: expect.anything() })
})
