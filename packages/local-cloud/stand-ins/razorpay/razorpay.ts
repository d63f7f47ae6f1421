import { createHmac } from 'node:crypto'
import type { Journal } from '../journal.ts'
import { Books, find, type GatewayEvent } from './books.ts'
import { brokenAnswer, type CallFault } from './call-faults.ts'
import { CALLS, findCall, type Merchant, type NewPayoutState, type NewRefundState } from './calls.ts'
import { type Order, type Payment, RazorpayError, type Refund } from './entities.ts'
import { journalEvent } from './journal-event.ts'
import { type IdSource, randomIds } from './new-id.ts'
import { OnceKeys } from './once-keys.ts'
import { fail, type PayOptions, pay, paymentsOf } from './orders.ts'
import type { Payout } from './payout-entities.ts'
import { failPayout, processPayout, rejectPayout, reversePayout } from './payouts.ts'
import { failRefund, processRefund, refundsOf } from './refunds.ts'
import { type Rule, Rules } from './rules.ts'
import { WebhookSender } from './send-webhooks.ts'

export interface RazorpayOptions {
  journal: Journal
  keyId: string
  keySecret: string
  webhookSecret: string
  /** The number of the account that payouts leave. */
  payoutAccount: string
  /** Where webhooks go; it can be set later, when the port is known. */
  webhookUrl?: string
  send?: (request: Request) => Promise<Response>
  /** Milliseconds between the attempts of one webhook. */
  retryDelays?: readonly number[]
  /** Unix ms. */
  clock?: () => number
  newId?: IdSource
}

/** What the checkout hands to the app after a payment. */
export interface Checkout {
  razorpay_order_id: string
  razorpay_payment_id: string
  /** Hex HMAC-SHA256 of `order_id|payment_id` with the key secret. */
  razorpay_signature: string
}

/** An order with what came of it, the newest first. */
export type OrderView = Order & { payments: (Payment & { refunds: Refund[] })[] }
export type Razorpay = ReturnType<typeof createRazorpay>

const unauthorized = () => new RazorpayError('Authentication failed', { status: 401 })
const notFound = () => new RazorpayError('The requested URL was not found on the server.', { status: 404 })

/**
 * api.razorpay.com: orders, payments, refunds and payouts of one merchant, and what befalls them. Keys by basic authentication,
 * amounts in paise. What somebody does to them rejects with a RazorpayError where it is not possible.
 */
export function createRazorpay(options: RazorpayOptions) {
  const { journal, keyId, keySecret, payoutAccount, clock = Date.now, newId = randomIds } = options
  const { webhookSecret: secret, webhookUrl: url, send, retryDelays } = options
  const webhooks = new WebhookSender({ journal, secret, clock, newId, url, send, retryDelays })
  const faults = new Rules<CallFault>()
  const newRefunds = new Rules<Rule & { state: NewRefundState }>()
  const newPayouts = new Rules<Rule & { state: NewPayoutState }>()
  let outgoing: GatewayEvent[] = []
  let behind: (() => void)[] = []
  const books = new Books({ clock, newId, emit: (event) => outgoing.push(event) })
  const merchant: Merchant = {
    books,
    refundKeys: new OnceKeys('x-refund-idempotency', { isMandatory: false }),
    payoutKeys: new OnceKeys('x-payout-idempotency', { isMandatory: true }),
    payoutAccount,
    newRefund: (about) => newRefunds.take(() => true, about)?.state ?? 'processed',
    newPayout: (about) => newPayouts.take(() => true, about)?.state ?? 'processed',
    later: (work) => behind.push(work),
  }

  /** In order: the application's answer must not depend on luck; mishaps are there for repetition and disorder. */
  const announce = async () => {
    const events = outgoing
    outgoing = []
    for (const event of events) {
      journalEvent(journal, event)
      await webhooks.send(event)
    }
  }
  const does =
    <T, Rest extends unknown[]>(act: (of: Books, id: string, ...rest: Rest) => T) =>
    async (id: string, ...rest: Rest): Promise<T> => {
      const result = act(books, id, ...rest)
      await announce()
      return result
    }
  const sign = (orderId: string, { id }: Payment): Checkout => ({
    razorpay_order_id: orderId,
    razorpay_payment_id: id,
    razorpay_signature: createHmac('sha256', keySecret).update(`${orderId}|${id}`).digest('hex'),
  })

  const view = (order: Order): OrderView => {
    const payments = paymentsOf(books, order.id)
    return { ...order, payments: payments.map((each) => ({ ...each, refunds: refundsOf(books, each.id) })) }
  }

  const answer = async (request: Request): Promise<Response> => {
    const expected = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`
    if (request.headers.get('authorization') !== expected) throw unauthorized()
    const { pathname, search, searchParams: query } = new URL(request.url)
    const call = findCall(request.method, pathname)
    if (!call) throw notFound()
    const text = await request.text()
    const fault = faults.take((each) => each.call === call.name, `${pathname}${search} ${text}`)
    if (fault && !fault.done) return brokenAnswer(fault.mode, request)
    const asked = { id: call.id, query, body: parse(text), text, headers: request.headers }
    const reply = Response.json(CALLS[call.name].answer(merchant, asked))
    for (const work of behind.splice(0)) work()
    // Behind the reply, as in life: the caller may hold what the webhook's handler needs.
    webhooks.track(announce())
    return fault ? brokenAnswer(fault.mode, request) : reply
  }

  return {
    async fetch(request: Request): Promise<Response> {
      try {
        return await answer(request)
      } catch (error) {
        if (error instanceof RazorpayError) return error.toResponse()
        throw error
      }
    },
    /** All there is, to be read. */
    books,
    order: (id: string): OrderView => view(find(books.orders, id)),
    /** The newest first. */
    orders: (count: number): OrderView[] => books.orders.recent().slice(0, count).map(view),
    payouts: (count: number): Payout[] => books.payouts.recent().slice(0, count),
    pay: async (orderId: string, how?: PayOptions) => {
      const payment = await does(pay)(orderId, how)
      return { payment, checkout: sign(orderId, payment) }
    },
    fail: async (orderId: string) => ({ payment: await does(fail)(orderId) }),
    processRefund: does(processRefund),
    failRefund: does(failRefund),
    processPayout: does(processPayout),
    failPayout: does(failPayout),
    rejectPayout: does(rejectPayout),
    reversePayout: does(reversePayout),
    /** What goes wrong with calls, and how new refunds and payouts begin. */
    faults,
    newRefunds,
    newPayouts,
    webhooks,
    setWebhookUrl: (webhookUrl: string | undefined) => webhooks.setUrl(webhookUrl),
    /** Posts an event of the journal again. */
    resend: (eventId: string) => webhooks.resend(eventId),
    /** Resolves when no webhook is under way. */
    settled: () => webhooks.settled(),
    close: () => webhooks.close(),
  }
}

/** An empty body is no body; one that is no JSON is refused. */
function parse(text: string): unknown {
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    throw new RazorpayError('The request body is not valid JSON')
  }
}
