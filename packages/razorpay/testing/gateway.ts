import { vi } from 'vitest'
import { Journal } from '#packages/local-cloud/stand-ins/journal.ts'
import { countedIds } from '#packages/local-cloud/stand-ins/razorpay/new-id.ts'
import { createRazorpay } from '#packages/local-cloud/stand-ins/razorpay/razorpay.ts'
import { razorpay } from '../razorpay.ts'

export const ACCOUNT = {
  keyId: 'rzp_test_1',
  keySecret: 'key-secret',
  webhookSecret: 'webhook-secret',
  payoutAccount: '2323230000000001',
}
export const NOW = Date.UTC(2026, 10, 23)
export const ORDER = '019ab000-0000-7000-8000-000000000001'
export const REFUND = '019ab000-0000-7000-8000-000000000002'
export const PAYOUT = '019ab000-0000-7000-8000-000000000003'

/** The port, with the stand-in behind `fetch`. `asked`: every request that left; `told`: every webhook, with its signature. */
export function openGateway(account = ACCOUNT) {
  const asked: Request[] = []
  const told: { body: string; signature: string }[] = []
  const gateway = createRazorpay({
    ...{ ...ACCOUNT, journal: new Journal(), clock: () => NOW, newId: countedIds() },
    webhookUrl: 'http://127.0.0.1/webhook',
    async send(request) {
      const signature = request.headers.get('x-razorpay-signature') ?? ''
      told.push({ body: await request.text(), signature })
      return new Response()
    },
  })
  vi.stubGlobal('fetch', (url: URL, init: RequestInit) => {
    const request = new Request(url, init)
    asked.push(request.clone())
    return gateway.fetch(request)
  })
  const port = razorpay(account)
  return { port, gateway, asked, told, order: () => port.createOrder({ id: ORDER, amount: 52_500, notes: {} }) }
}
