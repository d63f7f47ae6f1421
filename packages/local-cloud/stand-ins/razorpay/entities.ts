export type Notes = Record<string, string>

/** Amounts are paise, instants Unix seconds, as on Razorpay's wire. */
export interface Order {
  id: string
  entity: 'order'
  amount: number
  amount_paid: number
  amount_due: number
  currency: string
  receipt: string | null
  offer_id: null
  status: 'created' | 'attempted' | 'paid'
  attempts: number
  notes: Notes
  created_at: number
}

export interface Payment {
  id: string
  entity: 'payment'
  amount: number
  currency: string
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  order_id: string
  invoice_id: null
  international: false
  method: 'upi'
  amount_refunded: number
  refund_status: null | 'partial' | 'full'
  captured: boolean
  description: string | null
  card_id: null
  bank: null
  wallet: null
  vpa: string
  email: string
  contact: string
  notes: Notes
  fee: number | null
  tax: number | null
  error_code: string | null
  error_description: string | null
  error_source: string | null
  error_step: string | null
  error_reason: string | null
  acquirer_data: { rrn: string | null }
  created_at: number
}

export interface Refund {
  id: string
  entity: 'refund'
  amount: number
  currency: string
  payment_id: string
  notes: Notes
  receipt: string | null
  acquirer_data: { arn: string | null }
  created_at: number
  batch_id: null
  status: 'pending' | 'processed' | 'failed'
  speed_processed: 'normal'
  speed_requested: 'normal' | 'optimum'
}

export const collection = <T>(items: T[]) => ({ entity: 'collection', count: items.length, items })

/** A refusal; answered as 400 `BAD_REQUEST_ERROR` unless it says otherwise. */
export class RazorpayError extends Error {
  override readonly name = 'RazorpayError'
  readonly field: string | undefined
  readonly status: number
  /** Razorpay answers an id that it does not know with 400 as well. */
  readonly isUnknownId: boolean

  constructor(
    description: string,
    {
      field,
      status = 400,
      isUnknownId = false,
    }: { field?: string; status?: number; isUnknownId?: boolean } = {},
  ) {
    super(description)
    this.isUnknownId = isUnknownId
    this.field = field
    this.status = status
  }

  toResponse(): Response {
    const error = {
      code: 'BAD_REQUEST_ERROR',
      description: this.message,
      source: 'business',
      step: 'payment_initiation',
      reason: 'input_validation_failed',
      metadata: {},
      ...(this.field !== undefined && { field: this.field }),
    }
    return Response.json({ error }, { status: this.status })
  }
}

export const unknownId = () => new RazorpayError('The id provided does not exist', { isUnknownId: true })
