import { CALL_NAMES, NEW_PAYOUT_STATES } from '../../../packages/local-cloud/stand-ins/razorpay/calls.ts'
import { MISHAPS } from '../../../packages/local-cloud/stand-ins/razorpay/send-webhooks.ts'
import { type Play, pick } from './play.ts'

/** What a faulty call answers; its work may have been done. */
const FAULTS = ['error', 'busy', 'garbage', 'redirect'] as const

/** What happens at the gateway and on the way from it. */
export const gatewaySteps = {
  pay: async ({ merchant, orders, checkouts }: Play, a: number, b: number) => {
    const order = orders.at(-1 - (a % 4))
    if (!order) return
    const how = { capture: b % 4 !== 0, evenIfPaid: b % 5 === 0 }
    const { checkout } = await merchant.pay(order.gatewayOrderId, how)
    const { razorpay_payment_id: paymentId, razorpay_signature: signature } = checkout
    checkouts.push({ ...order, paymentId, signature })
  },
  fail: async ({ merchant, orders }: Play, a: number) => {
    const order = pick(orders, a)
    if (order) await merchant.fail(order.gatewayOrderId)
  },
  mishap: async ({ merchant }: Play, a: number, b: number) => {
    merchant.webhooks.mishaps.add({ mishap: pick(MISHAPS, a) ?? 'lose', times: 1 + (b % 3) })
  },
  release: async ({ merchant }: Play, a: number) => {
    await merchant.webhooks.release((held) => (a % 2 === 0 ? held.toReversed() : held))
  },
  fault: async ({ merchant }: Play, a: number, b: number) => {
    const fault = { mode: pick(FAULTS, b) ?? 'error', done: b % 3 === 0, times: 1 + (b % 2) }
    merchant.faults.add({ call: pick(CALL_NAMES, a) ?? 'create_order', ...fault })
  },
  slow: async ({ merchant }: Play, a: number, b: number) => {
    if (a % 2 === 0) merchant.newRefunds.add({ state: 'pending' })
    else merchant.newPayouts.add({ state: pick(NEW_PAYOUT_STATES, b) ?? 'queued' })
  },
  endRefund: async ({ merchant }: Play, a: number, b: number) => {
    const refund = pick([...merchant.books.refunds.values()], a)
    if (refund) await (b % 3 === 0 ? merchant.failRefund(refund.id) : merchant.processRefund(refund.id))
  },
  endPayout: async ({ merchant }: Play, a: number, b: number) => {
    const payout = pick([...merchant.books.payouts.values()], a)
    const ends = [merchant.processPayout, merchant.failPayout, merchant.rejectPayout, merchant.reversePayout]
    if (payout) await pick(ends, b)?.(payout.id)
  },
}
