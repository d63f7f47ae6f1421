import { z } from 'zod'
import { Journal } from '../../journal.ts'
import { countedIds } from '../new-id.ts'
import { createRazorpay } from '../razorpay.ts'

const KEYS = {
  keyId: 'rzp_test_1',
  keySecret: 'key-secret',
  webhookSecret: 'webhook-secret',
  payoutAccount: '23',
}
const AUTHORIZATION = `Basic ${btoa(`${KEYS.keyId}:${KEYS.keySecret}`)}`

const Answer = z.looseObject({
  id: z.string().default(''),
  status: z.string().optional(),
  error: z.object({ description: z.string(), field: z.string().optional() }).optional(),
  items: z.array(z.looseObject({ id: z.string() })).default([]),
})
const Told = z.object({ event: z.string(), payload: z.record(z.string(), z.object({ entity: z.unknown() })) })

/** A merchant with keys, and somebody who hears its webhooks. */
export function openMerchant() {
  const told: (z.infer<typeof Told> & { id: string | null })[] = []
  const razorpay = createRazorpay({
    ...{ ...KEYS, journal: new Journal(), newId: countedIds(), clock: () => Date.UTC(2026, 10, 23) },
    webhookUrl: 'http://127.0.0.1/webhooks/razorpay',
    async send(request) {
      told.push({ ...Told.parse(await request.json()), id: request.headers.get('x-razorpay-event-id') })
      return new Response()
    },
  })
  const send = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    razorpay.fetch(
      new Request(`https://api.razorpay.com/v1${path}`, {
        method,
        headers: { authorization: AUTHORIZATION, ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    )
  const call = async (...asked: Parameters<typeof send>) => {
    const response = await send(...asked)
    return { code: response.status, ...Answer.parse(await response.json()) }
  }
  return {
    ...{ razorpay, told, send, call },
    events: () => told.map(({ event }) => event),
    order: async (amount = 25_000) =>
      (await call('POST', '/orders', { amount, currency: 'INR', receipt: 'b1' })).id,
  }
}
