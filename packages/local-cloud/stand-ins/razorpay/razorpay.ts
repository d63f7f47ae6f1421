import { createHmac } from 'node:crypto'
import { BoundedMap } from '../bounded-map.ts'
import type { Journal } from '../journal.ts'
import { Account, type AccountEvent, MAX_KEPT } from './account.ts'
import { collection, type Order, type Payment, RazorpayError } from './entities.ts'
import { readCapture, readOrder, readRefund } from './requests.ts'
import { WebhookSender } from './send-webhooks.ts'

export interface RazorpayOptions {
  journal: Journal
  keyId: string
  keySecret: string
  webhookSecret: string
  /** Where webhooks go; it can be set later, when the port is known. */
  webhookUrl?: string
  send?: (request: Request) => Promise<Response>
  /** Milliseconds between the attempts of one webhook. */
  retryDelays?: readonly number[]
  /** Unix ms. */
  clock?: () => number
}

/** What the checkout hands to the app after a payment. */
export interface Checkout {
  razorpay_order_id: string
  razorpay_payment_id: string
  /** Hex HMAC-SHA256 of `order_id|payment_id` with the key secret. */
  razorpay_signature: string
}

/** What a person at the inbox can do; each rejects with a RazorpayError. */
export interface RazorpayActions {
  orders(): (Order & { payments: Payment[] })[]
  pay(orderId: string, options?: { capture?: boolean }): Promise<{ payment: Payment; checkout: Checkout }>
  fail(orderId: string): Promise<{ payment: Payment }>
}

const refused = () => new RazorpayError('Authentication failed', { status: 401 })

/** api.razorpay.com: orders, payments, refunds. Keys by basic authentication, amounts in paise. */
export function createRazorpay(options: RazorpayOptions) {
  const { journal, keyId, keySecret, clock = Date.now } = options
  const { webhookSecret: secret, webhookUrl: url, send, retryDelays } = options
  const webhooks = new WebhookSender({
    journal,
    secret,
    clock,
    ...(url !== undefined && { url }),
    ...(send && { send }),
    ...(retryDelays && { retryDelays }),
  })
  let outgoing: AccountEvent[] = []
  const account = new Account(clock, (event) => outgoing.push(event))
  const refundKeys = new BoundedMap<string, { body: string; refundId: string }>(MAX_KEPT)

  /** In order: the application's answer must not depend on luck; `resend` is there for repetition and disorder. */
  const announce = async () => {
    const events = outgoing
    outgoing = []
    for (const event of events) await webhooks.send(event)
  }

  const refundOnce = async (paymentId: string, request: Request) => {
    const key = request.headers.get('x-refund-idempotency')
    if (key !== null && !/^[\w-]{10,}$/.test(key)) {
      throw new RazorpayError('The idempotency key must be at least 10 characters of letters, digits, - and _')
    }
    const text = await request.text()
    const body = `${paymentId} ${text}`
    const earlier = key === null ? undefined : refundKeys.get(key)
    if (earlier && earlier.body !== body) {
      throw new RazorpayError('Different request with the same idempotency key has already been processed.')
    }
    if (earlier) return account.refund(earlier.refundId)
    const refund = account.createRefund(paymentId, readRefund(parse(text)))
    if (key !== null) refundKeys.set(key, { body, refundId: refund.id })
    journal.add('refund', `₹${refund.amount / 100} back on ${paymentId}`, { ...refund }, paymentId)
    return refund
  }

  const answer = async (request: Request): Promise<unknown> => {
    const { pathname, searchParams } = new URL(request.url)
    const [version, kind, id = '', part] = pathname.split('/').slice(1)
    const call = `${request.method} ${kind}${id && '/:id'}${part === undefined ? '' : `/${part}`}`
    switch (version === 'v1' ? call : '') {
      case 'POST orders': {
        const order = account.createOrder(readOrder(parse(await request.text())))
        journal.add('payment', `Order of ₹${order.amount / 100}`, { ...order }, order.id)
        return order
      }
      case 'GET orders': {
        const receipt = searchParams.get('receipt')
        return collection(
          account.orders.recent().filter((order) => receipt === null || order.receipt === receipt),
        )
      }
      case 'GET orders/:id':
        return account.order(id)
      case 'GET orders/:id/payments':
        return collection(account.paymentsOf(account.order(id).id))
      case 'GET payments/:id':
        return account.payment(id)
      case 'POST payments/:id/capture':
        return account.capture(id, readCapture(parse(await request.text())).amount)
      case 'POST payments/:id/refund':
        return refundOnce(id, request)
      case 'GET payments/:id/refunds':
        return collection(account.refundsOf(account.payment(id).id))
      case 'GET refunds/:id':
        return account.refund(id)
      default:
        throw new RazorpayError('The requested URL was not found on the server.', { status: 404 })
    }
  }

  return {
    async fetch(request: Request): Promise<Response> {
      const expected = `Basic ${Buffer.from(`${keyId}:${keySecret}`).toString('base64')}`
      try {
        if (request.headers.get('authorization') !== expected) throw refused()
        const result = Response.json(await answer(request))
        // Behind the reply, as in life: the caller may hold what the webhook's handler needs.
        webhooks.track(announce())
        return result
      } catch (error) {
        if (error instanceof RazorpayError) return error.toResponse()
        throw error
      }
    },
    orders: () =>
      account.orders.recent().map((order) => Object.assign({ payments: account.paymentsOf(order.id) }, order)),
    async pay(orderId, { capture = true } = {}) {
      const payment = account.pay(orderId, capture)
      journal.add('payment', `₹${payment.amount / 100} ${payment.status}`, { ...payment }, orderId)
      await announce()
      const signed = createHmac('sha256', keySecret).update(`${orderId}|${payment.id}`).digest('hex')
      return {
        payment,
        checkout: { razorpay_order_id: orderId, razorpay_payment_id: payment.id, razorpay_signature: signed },
      }
    },
    async fail(orderId) {
      const payment = account.fail(orderId)
      journal.add('payment', `₹${payment.amount / 100} failed`, { ...payment }, orderId)
      await announce()
      return { payment }
    },
    setWebhookUrl: (webhookUrl: string | undefined) => webhooks.setUrl(webhookUrl),
    /** Posts an event of the journal again. */
    resend: (eventId: string) => webhooks.resend(eventId),
    /** Resolves when no webhook is under way. */
    settled: () => webhooks.settled(),
    close: () => webhooks.close(),
  } satisfies RazorpayActions & Record<string, unknown>
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
