import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CALL_FAULTS, type CallFaultMode } from '#packages/local-cloud/stand-ins/razorpay/call-faults.ts'
import type { CallName } from '#packages/local-cloud/stand-ins/razorpay/calls.ts'
import type { GatewayFailure } from '#packages/payments/payment-port.ts'
import { ACCOUNT, openGateway, PAYOUT, REFUND } from './testing/gateway.ts'

/** What a fault says of a call that creates, and of one that reads. */
const MEANING: Record<CallFaultMode, [creates: GatewayFailure, reads: GatewayFailure]> = {
  hang: ['unanswered', 'unanswered'],
  // It may have been done before it failed.
  error: ['unanswered', 'busy'],
  busy: ['busy', 'busy'],
  garbage: ['unanswered', 'unanswered'],
  redirect: ['unanswered', 'unanswered'],
}
/** The time limits that were set, and what ends them. */
const timeouts: number[] = []
const limits: AbortController[] = []

beforeEach(() => {
  timeouts.length = 0
  limits.length = 0
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const limit = new AbortController()
    timeouts.push(ms)
    limits.push(limit)
    return limit.signal
  })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

/** Every method of the port, with the call that it makes last. */
async function calls() {
  const opened = openGateway()
  const { port, gateway } = opened
  // Its webhooks have time limits of their own.
  gateway.setWebhookUrl(undefined)
  const order = await opened.order()
  const { payment } = await gateway.pay(order.id)
  const { payment: held } = await gateway.pay(order.id, { capture: false, evenIfPaid: true })
  const payouts = port.payouts ?? expect.unreachable('The account has payouts')
  const destination = { kind: 'upi', address: 'asha@okbank', name: 'Asha Gowda' } as const
  const fundAccountId = await payouts.register(REFUND, destination)
  const payout = await payouts.pay({ id: REFUND, amount: 100, fundAccountId, kind: 'upi' })
  const creates: [CallName, () => Promise<unknown>][] = [
    ['create_order', () => port.createOrder({ id: PAYOUT, amount: 100, notes: {} })],
    ['capture', () => port.capture(held.id, held.amount)],
    ['refund', () => port.refund(payment.id, { id: REFUND, amount: 100 })],
    ['create_contact', () => payouts.register(PAYOUT, destination)],
    ['create_fund_account', () => payouts.register(PAYOUT, destination)],
    ['create_payout', () => payouts.pay({ id: PAYOUT, amount: 100, fundAccountId, kind: 'upi' })],
  ]
  const reads: [CallName, () => Promise<unknown>][] = [
    ['find_orders', () => port.findOrder(PAYOUT)],
    ['read_payments', () => port.paymentsOf(order.id)],
    ['read_payment', () => port.payment(payment.id)],
    ['read_refunds', () => port.refundsOf(payment.id)],
    ['read_payout', () => payouts.payout(payout.id)],
    ['find_payouts', () => payouts.findPayout(PAYOUT)],
  ]
  opened.asked.length = 0
  timeouts.length = 0
  return { ...opened, creates, reads }
}

test.each(CALL_FAULTS)('%s is understood of every call', async (mode) => {
  const { gateway, creates, reads } = await calls()
  for (const [n, list] of [creates, reads].entries()) {
    for (const [call, ask] of list) {
      gateway.faults.clear()
      gateway.faults.add({ call, mode, times: 5 })
      const asking = ask()
      if (mode === 'hang') {
        asking.catch(() => undefined)
        await vi.waitUntil(() => gateway.faults.list()[0]?.times === 4, { interval: 1 })
        for (const limit of limits) limit.abort(new DOMException('', 'TimeoutError'))
      }
      await expect(asking, `${call} ${mode}`).rejects.toMatchObject({
        name: 'GatewayError',
        failure: MEANING[mode][n],
      })
    }
  }
})

test('a call that bears it is tried once more after a failure, and no more', async () => {
  const { gateway, creates, reads, asked } = await calls()
  for (const [call, ask] of [...creates, ...reads]) {
    const bears = call === 'refund' || call === 'create_payout' || reads.some(([name]) => name === call)
    gateway.faults.clear()
    gateway.faults.add({ call, mode: 'error' })
    if (bears) await ask()
    else await expect(ask()).rejects.toMatchObject({ failure: 'unanswered' })
    asked.length = 0
    gateway.faults.add({ call, mode: 'error', times: 9 })
    await ask().catch(() => undefined)
    const same = asked.filter(({ url, method }) => url === asked.at(-1)?.url && method === asked.at(-1)?.method)
    expect(same.length, call).toBe(bears ? 2 : 1)
  }
})

test('what was tried twice may have been done the first time, whatever is said the second', async () => {
  const { port } = openGateway()
  for (const second of [400, 429]) {
    const statuses = [500, second]
    const description = 'The payment has been fully refunded already'
    vi.stubGlobal('fetch', async () =>
      Response.json({ error: { description } }, { status: statuses.shift() ?? 0 }),
    )
    await expect(port.refund('pay_1', { id: REFUND, amount: 100 })).rejects.toMatchObject({
      failure: 'unanswered',
    })
    expect(statuses).toEqual([])
  }
})

test('one that is busy or silent is not tried again at once', async () => {
  const { gateway, reads, asked } = await calls()
  const [, read] = reads[2] ?? expect.unreachable()
  for (const mode of ['busy', 'garbage', 'redirect'] as const) {
    asked.length = 0
    gateway.faults.add({ call: 'read_payment', mode })
    await expect(read()).rejects.toMatchObject({ name: 'GatewayError' })
    expect(asked).toHaveLength(1)
  }
})

test('every request has a time limit, goes to Razorpay alone, and follows nobody', async () => {
  const { creates, reads, asked } = await calls()
  for (const [, ask] of [...creates, ...reads]) await ask()
  expect(timeouts).toHaveLength(asked.length)
  expect(Math.max(...timeouts)).toBeLessThanOrEqual(8_000)
  const secret = `Basic ${btoa(`${ACCOUNT.keyId}:${ACCOUNT.keySecret}`)}`
  for (const { url, redirect, headers } of asked) {
    expect([new URL(url).origin, redirect]).toEqual(['https://api.razorpay.com', 'manual'])
    expect(headers.get('authorization')).toBe(secret)
  }
})

test('a redirect is not followed: nobody else is told the secret', async () => {
  const { gateway, asked, reads } = await calls()
  gateway.faults.add({ call: 'read_payment', mode: 'redirect' })
  await expect(reads[2]?.[1]()).rejects.toMatchObject({ message: expect.stringContaining('308') })
  expect(asked.map(({ url }) => new URL(url).host)).toEqual(['api.razorpay.com'])
})

test('a broken connection may have carried the call', async () => {
  const { creates, reads } = await calls()
  const broken = vi.fn(async () => expect.unreachable())
  broken.mockRejectedValue(new TypeError('fetch failed'))
  vi.stubGlobal('fetch', broken)
  for (const [, ask] of [...creates, ...reads]) {
    await expect(ask()).rejects.toMatchObject({ failure: 'unanswered', message: 'No connection' })
  }
})

test.each([
  [401, 'Authentication failed', 'busy'],
  [403, 'Not allowed from this address', 'busy'],
  [408, 'Too slow', 'unanswered'],
  [409, 'The same request is under way', 'busy'],
  [400, 'Your account does not have enough balance to carry out the refund operation.', 'busy'],
  [400, 'The payment has been fully refunded already', 'refused'],
  [404, 'The requested URL was not found on the server.', 'refused'],
])('%i %s means %s', async (status, description, failure) => {
  const { port } = openGateway()
  vi.stubGlobal('fetch', async () => Response.json({ error: { description } }, { status }))
  await expect(port.refund('pay_1', { id: REFUND, amount: 100 })).rejects.toMatchObject({ failure })
})

test('what is said of a failure is short, and never the secret', async () => {
  const { port } = openGateway()
  vi.stubGlobal('fetch', async () =>
    Response.json({ error: { description: 'x'.repeat(1_500) } }, { status: 400 }),
  )
  const error: unknown = await port.payment('pay_1').catch((thrown: unknown) => thrown)
  expect(String(error).length).toBeLessThan(250)
  vi.stubGlobal('fetch', async () => new Response('<html>', { status: 400 }))
  await expect(port.payment('pay_1')).rejects.toMatchObject({ failure: 'refused', message: 'no reason given' })
})

test.each([
  { id: 'pay_1', amount: 100.5, currency: 'INR', status: 'captured' },
  { id: 'pay_1', amount: '100', currency: 'INR', status: 'captured' },
  { id: 'pay_1', amount: -1, currency: 'INR', status: 'captured' },
  { id: '../orders', amount: 100, currency: 'INR', status: 'captured' },
  { id: 'pay_1', amount: 100, currency: 'rupees', status: 'captured' },
  { id: 'pay_1', amount: 100, currency: 'INR', status: 'lost' },
  {},
  [],
  null,
])('%j is no payment', async (body) => {
  const { port } = openGateway()
  vi.stubGlobal('fetch', async () => Response.json(body))
  await expect(port.payment('pay_1')).rejects.toMatchObject({ failure: 'unanswered' })
})
