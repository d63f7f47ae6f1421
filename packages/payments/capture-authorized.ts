import { GatewayError, type GatewayPayment, type PaymentPort } from './payment-port.ts'

/**
 * The payment after it was captured, where the bank has said yes to exactly this amount and it is wanted; else as it is. A payment that
 * cannot be captured any more stays what it was. Rejects with a GatewayError where the gateway does not answer.
 */
export async function captureAuthorized(
  port: Pick<PaymentPort, 'capture'>,
  payment: GatewayPayment,
  wanted: { amount: number; currency: string } | null,
): Promise<GatewayPayment> {
  const { state, amount, currency } = payment
  if (state !== 'authorized' || amount !== wanted?.amount || currency !== wanted.currency) return payment
  try {
    return await port.capture(payment.id, amount)
  } catch (error) {
    if (error instanceof GatewayError && error.failure === 'refused') return payment
    throw error
  }
}
