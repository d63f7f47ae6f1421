/** An order of the gateway; amounts are whole paise. */
export interface GatewayOrder {
  id: string
  /** Our order's id. */
  receipt: string | null
  amount: number
  currency: string
  isPaid: boolean
}

/** A payment as the gateway knows it. */
export interface GatewayPayment {
  id: string
  /** The gateway's order. */
  orderId: string | null
  amount: number
  currency: string
  /** A payment that was given back stays `captured`. */
  state: 'created' | 'authorized' | 'captured' | 'failed'
  /** What the gateway keeps of it, its tax included; 0 until it is captured. */
  fee: number
  /** What of it went back, or is on its way. */
  refunded: number
  method: string | null
  /** Why it failed. */
  failure: string | null
}

export interface GatewayRefund {
  id: string
  paymentId: string
  /** Our refund's id. */
  receipt: string | null
  amount: number
  currency: string
  state: 'pending' | 'processed' | 'failed'
}

/** Where a payout goes. */
export type PayoutDestination =
  | { kind: 'upi'; address: string; name: string }
  | { kind: 'bank'; accountNumber: string; ifsc: string; name: string }

export interface GatewayPayout {
  id: string
  /** Our payout's id. */
  reference: string | null
  amount: number
  currency: string
  state: 'pending' | 'paid' | 'failed' | 'reversed'
  /** The bank's reference. */
  bankReference: string | null
  /** What the gateway takes for it, its tax included. */
  fee: number
  failure: string | null
}

/**
 * The payment gateway. Every call rejects with a GatewayError, and ends within its time limit. What creates something bears a
 * repetition: with the same id the gateway does it once.
 */
export interface PaymentPort {
  /** The public key that a checkout is opened with. */
  keyId: string
  createOrder(order: { id: string; amount: number; notes: Record<string, string> }): Promise<GatewayOrder>
  /** The order with this receipt, our order's id: it finds what a lost answer spoke of. */
  findOrder(receipt: string): Promise<GatewayOrder | undefined>
  paymentsOf(gatewayOrderId: string): Promise<GatewayPayment[]>
  payment(gatewayPaymentId: string): Promise<GatewayPayment>
  /** Takes in an authorized payment. */
  capture(gatewayPaymentId: string, amount: number): Promise<GatewayPayment>
  refund(gatewayPaymentId: string, refund: { id: string; amount: number }): Promise<GatewayRefund>
  refundsOf(gatewayPaymentId: string): Promise<GatewayRefund[]>
  /** Whether a checkout's signature is of this order, the one that we keep, and this payment. */
  isCheckout(checkout: {
    gatewayOrderId: string
    gatewayPaymentId: string
    signature: string
  }): Promise<boolean>
  /** Whether a webhook's signature is of these bytes. */
  isWebhook(body: Uint8Array<ArrayBuffer>, signature: string): Promise<boolean>
  /** Null: the platform has no payout account with the gateway, and people pay drivers by hand. */
  payouts: PayoutPort | null
}

export interface PayoutPort {
  /** Makes a destination known and returns the gateway's id of it. @param reference the payout method's id */
  register(reference: string, destination: PayoutDestination): Promise<string>
  pay(payout: {
    id: string
    amount: number
    fundAccountId: string
    kind: 'upi' | 'bank'
  }): Promise<GatewayPayout>
  payout(gatewayPayoutId: string): Promise<GatewayPayout>
  /** The payout with this reference, our payout's id. */
  findPayout(reference: string): Promise<GatewayPayout | undefined>
}

/**
 * `unanswered`: it may have been done or not · `busy`: it was not done, later it may be · `refused`: it was not done and never
 * will be.
 */
export type GatewayFailure = 'unanswered' | 'busy' | 'refused'

/** A call that did not bring what it should. The message says nothing personal. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly failure: GatewayFailure

  constructor(failure: GatewayFailure, message: string, options?: ErrorOptions) {
    super(message, options)
    this.failure = failure
  }
}
