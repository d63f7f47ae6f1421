import { loadBooking } from '#db/queries/bookings/load-bookings.ts'
import { keepGatewayOrder, openOrder } from '#db/queries/payments/open-order.ts'
import { Problem } from '#packages/errors/problem.ts'
import { paise } from '#packages/fares/money.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { Ctx } from '../context.ts'
import { operation } from '../http/operation.ts'
import { created } from '../http/reply.ts'
import { NewPayment, Order } from './contract.ts'
import { askGateway, gatewayOf } from './gateway.ts'

export const initiatePayment = operation(
  {
    id: 'initiatePayment',
    method: 'post',
    path: '/payments/initiate',
    tag: 'Payments',
    summary:
      'First step of paying a booking that is `unpaid`: the order that the gateway’s checkout is opened with; the same one as long as it can be paid',
    access: 'user',
    limit: 'write',
    idempotent: true,
    body: NewPayment,
    replies: { 201: Order },
    errors: [
      'not_found',
      'booking_not_unpaid',
      'booking_expired',
      'online_payment_unavailable',
      'payment_gateway_unavailable',
    ],
  },
  async (ctx, { body: { bookingId } }) => {
    const gateway = gatewayOf(ctx)
    const now = new Date(ctx.now)
    const order = await openOrder(ctx.db, { id: uuidv7(ctx.now), bookingId, payerId: ctx.actor.userId }, now)
    if (!order?.expiresAt) throw await whyNotPayable(ctx, bookingId)
    const { id, amount, feeAmount } = order
    const ask = async () => {
      const { id: gatewayOrderId } = await askGateway(gateway.createOrder({ id, amount, notes: { bookingId } }))
      return (await keepGatewayOrder(ctx.db, id, gatewayOrderId, now)) ?? gatewayOrderId
    }
    return created({
      ...{ orderId: id, gateway: 'razorpay' as const, gatewayOrderId: order.gatewayOrderId ?? (await ask()) },
      ...{ keyId: gateway.keyId, amount: paise(amount), fee: paise(feeAmount) },
      expiresAt: order.expiresAt.toISOString(),
    })
  },
)

async function whyNotPayable(ctx: Ctx, bookingId: string): Promise<Problem> {
  const booking = await loadBooking(ctx.db, bookingId, ctx.actor.userId)
  if (booking?.passengerId !== ctx.actor.userId) return new Problem('not_found')
  const { state, paidAmount } = booking
  const isLate = (state === 'unpaid' && paidAmount === 0) || state === 'expired'
  return new Problem(isLate ? 'booking_expired' : 'booking_not_unpaid')
}
