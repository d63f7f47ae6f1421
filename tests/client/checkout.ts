import { inject } from 'vitest'
import { z } from 'zod'

/** Razorpay from the other side: what people and banks do there, what it has in its books, and how it goes wrong. */

const Checkout = z.object({
  razorpay_order_id: z.string(),
  razorpay_payment_id: z.string(),
  razorpay_signature: z.string(),
})
export type Checkout = z.infer<typeof Checkout>

const Paid = z.object({ payment: z.looseObject({ id: z.string() }), checkout: Checkout })
const Failed = z.object({ payment: z.looseObject({ id: z.string() }) })

const amount = z.number()
const Books = z.object({
  orders: z.array(
    z.looseObject({ id: z.string(), amount, receipt: z.string().nullable(), status: z.string() }),
  ),
  payments: z.array(
    z.looseObject({
      ...{ id: z.string(), amount, currency: z.string(), order_id: z.string(), status: z.string() },
      ...{ captured: z.boolean(), amount_refunded: amount, fee: amount.nullable() },
    }),
  ),
  refunds: z.array(
    z.looseObject({
      ...{ id: z.string(), amount, payment_id: z.string(), receipt: z.string().nullable() },
      status: z.string(),
    }),
  ),
  payouts: z.array(
    z.looseObject({
      ...{ id: z.string(), amount, reference_id: z.string().nullable(), status: z.string() },
      utr: z.string().nullable(),
    }),
  ),
})
export type Books = z.infer<typeof Books>

/** What befalls the next `times` calls, webhooks, refunds or payouts; `about` narrows it to those that name this text. */
export type GatewayRule = { times?: number; about?: string } & (
  | { call: string; mode: 'hang' | 'error' | 'busy' | 'garbage' | 'redirect'; done?: boolean }
  | { webhook: 'lose' | 'repeat' | 'hold'; event?: string }
  | { refund: 'processed' | 'pending' }
  | { payout: 'processed' | 'processing' | 'queued' }
)

async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(new URL(path, inject('inboxUrl')), {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`The inbox answered ${response.status}: ${await response.text()}`)
  return response.status === 204 ? undefined : response.json()
}

/** Pays an order of the gateway, as a person does at its checkout. It ends when every webhook of it had its first try. */
export async function payOrder(
  gatewayOrderId: string,
  how: { capture?: boolean; amount?: number; currency?: string; evenIfPaid?: boolean } = {},
): Promise<z.infer<typeof Paid>> {
  return Paid.parse(await ask('POST', `/api/payments/${gatewayOrderId}/pay`, how))
}

/** The bank says no. */
export async function declineOrder(gatewayOrderId: string): Promise<z.infer<typeof Failed>> {
  return Failed.parse(await ask('POST', `/api/payments/${gatewayOrderId}/fail`))
}

/** Ends a refund that is pending. */
export const endRefund = (gatewayRefundId: string, how: 'process' | 'fail') =>
  ask('POST', `/api/refunds/${gatewayRefundId}/${how}`)

/** Ends a payout that is under way, or takes back one that was paid. */
export const endPayout = (gatewayPayoutId: string, how: 'process' | 'fail' | 'reject' | 'reverse') =>
  ask('POST', `/api/payouts/${gatewayPayoutId}/${how}`)

/** All that the gateway has, the newest first. */
export async function gatewayBooks(): Promise<Books> {
  return Books.parse(await ask('GET', '/api/gateway/books'))
}

export const addRule = (rule: GatewayRule) => ask('POST', '/api/gateway/rules', rule)
export const clearRules = () => ask('DELETE', '/api/gateway/rules')

/** Sends the webhooks that a `hold` kept, in their order or the other way round. */
export const releaseWebhooks = (reversed = false) => ask('POST', '/api/gateway/release', { reversed })

const Heard = z.object({
  items: z.array(z.object({ data: z.object({ eventId: z.string(), about: z.array(z.string()) }) })),
})

/** Posts every event again that told of something of the gateway's. Returns how many those are. */
export async function repeatWebhooks(about: string): Promise<number> {
  const { items } = Heard.parse(await ask('GET', '/api/journal?kind=webhook'))
  const told = items.filter(({ data }) => data.about.includes(about))
  const events = new Set(told.map(({ data }) => data.eventId))
  for (const id of events) await ask('POST', `/api/webhooks/${id}/send`)
  return events.size
}
