import type { Notes } from './entities.ts'

/** RazorpayX: amounts are paise, instants Unix seconds, as on its wire. */
export interface Contact {
  id: string
  entity: 'contact'
  name: string
  type: string | null
  reference_id: string | null
  active: true
  created_at: number
}

export interface FundAccount {
  id: string
  entity: 'fund_account'
  contact_id: string
  account_type: 'vpa' | 'bank_account'
  vpa?: { address: string }
  bank_account?: { name: string; ifsc: string; account_number: string }
  active: true
  created_at: number
}

export interface Payout {
  id: string
  entity: 'payout'
  fund_account_id: string
  amount: number
  currency: string
  notes: Notes
  fees: number
  tax: number
  status: 'queued' | 'processing' | 'processed' | 'rejected' | 'failed' | 'reversed'
  purpose: string
  utr: string | null
  mode: 'UPI' | 'IMPS'
  reference_id: string | null
  narration: string | null
  batch_id: null
  failure_reason: string | null
  status_details: { description: string | null; source: string | null; reason: string | null }
  created_at: number
}
