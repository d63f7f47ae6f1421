/** What a receipt, or a credit note, says in paise; `fee` is without its tax. */
export interface Amounts {
  total: number
  fare: number
  fee: number
  tax: number
}

/** Who issues receipts; empty where it is not configured. */
export interface Seller {
  name: string
  address: string
  gstin: string
}

/** What went back of a payment. Instants are Unix milliseconds. */
export interface CreditNote extends Amounts {
  /** As it is printed. */
  number: string
  refundId: string
  issuedAt: number
}

/** The receipt of a payment, with all that is printed. */
export interface Receipt extends Amounts {
  number: string
  paymentId: string
  bookingId: string
  issuedAt: number
  seller: Seller
  /** Null: they have no name, or no account any more. */
  passenger: string | null
  /** First name. */
  driver: string | null
  from: string
  to: string
  /** When the passenger was to be picked up. */
  pickupAt: number
  seats: number
  /** How it was paid, in the gateway's word. */
  method: string | null
  creditNotes: CreditNote[]
}

/** What a passenger of a booking pays the platform for (Services Accounting Code): reservation services for transportation. */
export const FEE_SAC = '998551'
