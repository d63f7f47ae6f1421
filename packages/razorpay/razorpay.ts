import { GatewayError, type PaymentPort } from '#packages/payments/payment-port.ts'
import { askRazorpay, type Call, type Keys } from './ask-razorpay.ts'
import { checkId } from './check-id.ts'
import { payouts } from './payouts.ts'
import { isSigned } from './sign.ts'
import { collectionOf, Order, OrderId, Payment, PaymentId, Refund } from './wire.ts'

const CURRENCY = 'INR'
/**
 * Razorpay takes in by itself what the bank says yes to within so many minutes. A later yes waits for us, and after so many goes
 * back: https://razorpay.com/docs/payments/payments/capture-settings/api
 */
const CAPTURE = {
  capture: 'automatic',
  capture_options: { automatic_expiry_period: 20, manual_expiry_period: 7200, refund_speed: 'normal' },
}
/** The most that one page has; the default is ten. */
const COUNT = '100'

export interface RazorpayAccount extends Keys {
  /** Another secret than that of the keys. Empty: no webhook is believed. */
  webhookSecret: string
  /** The number of the RazorpayX account that drivers are paid from. Empty: there is none. */
  payoutAccount: string
}

/** Payments through Razorpay: https://razorpay.com/docs/api/orders, /payments, /refunds; payouts through RazorpayX. */
export function razorpay(account: RazorpayAccount): PaymentPort {
  const ask = <T>(call: Call<T>) => askRazorpay(account, call)
  const paymentPath = (id: string, ...rest: string[]) => ['payments', checkId(PaymentId, id), ...rest]

  const port: PaymentPort = {
    keyId: account.keyId,

    // Razorpay makes a second order with the same receipt gladly, so the first one is looked for.
    async createOrder({ id, amount, notes }) {
      const made = await port.findOrder(id)
      if (made) return made
      const body = { amount, currency: CURRENCY, receipt: id, notes, payment: CAPTURE }
      return ask({ method: 'POST', path: ['orders'], body, reply: Order })
    },
    async findOrder(receipt) {
      const query = { receipt, count: COUNT }
      const { items } = await ask({ method: 'GET', path: ['orders'], query, reply: collectionOf(Order) })
      // The newest comes first. Of several, everybody who asks has to be told the same one.
      return items.find((order) => order.isPaid) ?? items.at(-1)
    },
    async paymentsOf(gatewayOrderId) {
      const path = ['orders', checkId(OrderId, gatewayOrderId), 'payments']
      return (await ask({ method: 'GET', path, reply: collectionOf(Payment) })).items
    },
    async payment(id) {
      return ask({ method: 'GET', path: paymentPath(id), reply: Payment })
    },
    async capture(id, amount) {
      const path = paymentPath(id, 'capture')
      try {
        return await ask({ method: 'POST', path, body: { amount, currency: CURRENCY }, reply: Payment })
      } catch (error) {
        if (!(error instanceof GatewayError) || error.failure !== 'refused') throw error
        // A second capture is refused: the first one may have been done and its answer lost.
        const payment = await port.payment(id).catch((cause: unknown) => {
          throw new GatewayError('unanswered', 'Whether it is captured is not known', { cause })
        })
        if (payment.state !== 'captured' || payment.amount !== amount) throw error
        return payment
      }
    },
    async refund(paymentId, { id, amount }) {
      return ask({
        method: 'POST',
        path: paymentPath(paymentId, 'refund'),
        body: { amount, speed: 'normal', receipt: id },
        idempotency: { header: 'X-Refund-Idempotency', key: id },
        reply: Refund,
      })
    },
    async refundsOf(paymentId) {
      const path = paymentPath(paymentId, 'refunds')
      const reply = collectionOf(Refund)
      return (await ask({ method: 'GET', path, query: { count: COUNT }, reply })).items
    },
    isCheckout({ gatewayOrderId, gatewayPaymentId, signature }) {
      const signed = new TextEncoder().encode(`${gatewayOrderId}|${gatewayPaymentId}`)
      return isSigned(signed, signature, account.keySecret)
    },
    isWebhook: (body, signature) => isSigned(body, signature, account.webhookSecret),
    payouts: account.payoutAccount === '' ? null : payouts(account, account.payoutAccount),
  }
  return port
}
