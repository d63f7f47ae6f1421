import { expect, test, vi } from 'vitest'
import { CALL_FAULTS, ELSEWHERE } from './call-faults.ts'
import { openMerchant } from './testing/merchant.ts'

test.each([
  ['error', 500],
  ['busy', 429],
  ['redirect', 308],
  ['garbage', 200],
] as const)('%s answers %i, with the work undone or done', async (mode, code) => {
  const { razorpay, send } = openMerchant()
  const ask = () => send('POST', '/orders', { amount: 100, currency: 'INR' })
  razorpay.faults.add({ call: 'create_order', mode })
  const first = await ask()
  expect([first.status, razorpay.books.orders.size]).toEqual([code, 0])
  razorpay.faults.add({ call: 'create_order', mode, done: true })
  expect([(await ask()).status, razorpay.books.orders.size]).toEqual([code, 1])
  expect([(await ask()).status, razorpay.books.orders.size]).toEqual([200, 2])
})

test('garbage is no JSON, and a redirect leads to nobody', async () => {
  const { razorpay, send, order } = openMerchant()
  const path = `/orders/${await order()}`
  razorpay.faults.add({ call: 'read_order', mode: 'garbage' })
  await expect((await send('GET', path)).json()).rejects.toThrow(SyntaxError)
  razorpay.faults.add({ call: 'read_order', mode: 'redirect' })
  expect((await send('GET', path)).headers.get('location')).toBe(ELSEWHERE)
})

test('a call that hangs ends when its caller gives up', async () => {
  const { razorpay } = openMerchant()
  razorpay.faults.add({ call: 'read_order', mode: 'hang' })
  const caller = new AbortController()
  const headers = { authorization: `Basic ${btoa('rzp_test_1:key-secret')}` }
  const request = new Request('https://api.razorpay.com/v1/orders/order_1', { headers, signal: caller.signal })
  const asking = razorpay.fetch(request)
  asking.catch(() => undefined)
  await vi.waitUntil(() => razorpay.faults.list().length === 0, { interval: 1 })
  caller.abort(new Error('gave up'))
  await expect(asking).rejects.toThrow('gave up')
})

test('a fault is for one kind of call, for what it is about, and for so many', async () => {
  const { razorpay, order, call } = openMerchant()
  const [first, second] = [await order(), await order()]
  razorpay.faults.add({ call: 'read_order', mode: 'error', about: second, times: 2 })
  const codes = async (id: string) => (await call('GET', `/orders/${id}`)).code
  expect([await codes(first), await codes(second), await codes(second), await codes(second)]).toEqual([
    ...[200, 500, 500, 200],
  ])
  razorpay.faults.add({ call: 'refund', mode: 'error' })
  expect(await codes(first)).toBe(200)
  razorpay.faults.clear()
  expect(razorpay.faults.list()).toEqual([])
})

test('whoever has no keys meets no faults', async () => {
  const { razorpay, call } = openMerchant()
  razorpay.faults.add({ call: 'find_orders', mode: 'error' })
  expect(await call('GET', '/orders', undefined, { authorization: 'Basic x' })).toMatchObject({ code: 401 })
  expect(CALL_FAULTS).toContain(razorpay.faults.list()[0]?.mode)
})

test('webhooks are lost, repeated with the same id, and held, each by its rule', async () => {
  const { razorpay, order, events, told } = openMerchant()
  razorpay.webhooks.mishaps.add({ mishap: 'lose', event: 'payment.authorized' })
  razorpay.webhooks.mishaps.add({ mishap: 'repeat', event: 'payment.captured' })
  razorpay.webhooks.mishaps.add({ mishap: 'hold' })
  await razorpay.pay(await order())
  expect(events()).toEqual(['payment.captured', 'payment.captured'])
  expect(told[0]?.id).toBe(told[1]?.id)
  expect(razorpay.webhooks.held().map(({ event }) => event)).toEqual(['order.paid'])
  expect(await razorpay.webhooks.release()).toBe(1)
  expect(events().at(-1)).toBe('order.paid')
  expect(await razorpay.webhooks.release()).toBe(0)
})

test('held webhooks leave in whatever order they are put', async () => {
  const { razorpay, order, events } = openMerchant()
  razorpay.webhooks.mishaps.add({ mishap: 'hold', times: 3 })
  await razorpay.pay(await order())
  await razorpay.webhooks.release(([first, ...others]) => (first ? [...others, first] : others))
  expect(events()).toEqual(['payment.captured', 'order.paid', 'payment.authorized'])
})

test('an event is a snapshot: what happens later does not change it', async () => {
  const { razorpay, order, told } = openMerchant()
  razorpay.webhooks.mishaps.add({ mishap: 'hold', event: 'payment.authorized' })
  await razorpay.pay(await order())
  await razorpay.webhooks.release()
  expect(told.at(-1)).toMatchObject({ payload: { payment: { entity: { status: 'authorized', fee: null } } } })
})

test('counted ids are the same in each run', async () => {
  const once = async () => {
    const { razorpay, order } = openMerchant()
    return (await razorpay.pay(await order())).payment.id
  }
  expect(await once()).toBe(await once())
})

test('a paid order is paid twice only by an attempt that had begun before', async () => {
  const { razorpay, order } = openMerchant()
  const id = await order()
  await razorpay.pay(id)
  await expect(razorpay.pay(id)).rejects.toThrow('paid already')
  await razorpay.pay(id, { evenIfPaid: true })
  expect(razorpay.order(id)).toMatchObject({
    status: 'paid',
    payments: [{ captured: true }, { captured: true }],
  })
})
