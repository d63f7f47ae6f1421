import { Problem } from '#packages/errors/problem.ts'
import { GatewayError, type PaymentPort } from '#packages/payments/payment-port.ts'
import type { Services } from '../context.ts'

/** When asking again makes sense. */
const RETRY_AFTER_SECONDS = 5

/** The gateway. Throws `online_payment_unavailable` where the platform takes no payments. */
export function gatewayOf({ payments }: Pick<Services, 'payments'>): PaymentPort {
  if (!payments) throw new Problem('online_payment_unavailable')
  return payments
}

/** What the gateway answers. Throws `payment_gateway_unavailable` where it does not, or not what it should. */
export async function askGateway<Answer>(asking: Promise<Answer>): Promise<Answer> {
  try {
    return await asking
  } catch (cause) {
    if (!(cause instanceof GatewayError)) throw cause
    throw new Problem('payment_gateway_unavailable', { retryAfter: RETRY_AFTER_SECONDS, cause })
  }
}
