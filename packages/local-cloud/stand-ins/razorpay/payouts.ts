import { type Books, find, type GatewayEvent } from './books.ts'
import { RazorpayError } from './entities.ts'
import type { Contact, FundAccount, Payout } from './payout-entities.ts'
import type { NewContact, NewFundAccount, NewPayout } from './payout-requests.ts'

/** ₹2 and the tax of it. */
const FEES = 236
const TAX = 36

/** A contact that is known already is answered with, not made again. */
export function createContact(books: Books, request: NewContact): Contact {
  const { name } = request
  const [type, reference_id] = [request.type ?? null, request.reference_id ?? null]
  const known = books.contacts
    .recent()
    .find((each) => each.name === name && each.type === type && each.reference_id === reference_id)
  if (known) return known
  const id = books.newId('cont')
  const contact: Contact = {
    id,
    entity: 'contact',
    name,
    type,
    reference_id,
    active: true,
    created_at: books.now(),
  }
  books.contacts.set(id, contact)
  return contact
}

/** As with a contact. */
export function createFundAccount(books: Books, request: NewFundAccount): FundAccount {
  find(books.contacts, request.contact_id)
  const details = JSON.stringify(request)
  const known = books.fundAccounts.recent().find((each) => detailsOf(each) === details)
  if (known) return known
  const id = books.newId('fa')
  const account: FundAccount = { id, entity: 'fund_account', ...request, active: true, created_at: books.now() }
  books.fundAccounts.set(id, account)
  return account
}

function detailsOf({
  id: _id,
  entity: _entity,
  active: _active,
  created_at: _at,
  ...request
}: FundAccount): string {
  return JSON.stringify(request)
}

/** Takes the money from the account at once, or waits for it there. The bank has not said anything yet. */
export function createPayout(books: Books, request: NewPayout, state: 'queued' | 'processing'): Payout {
  const account = find(books.fundAccounts, request.fund_account_id)
  if ((account.account_type === 'vpa') !== (request.mode === 'UPI'))
    throw new RazorpayError(`The mode ${request.mode} does not reach this fund account`, { field: 'mode' })
  const isShort = request.amount + FEES > books.balance
  if (isShort && !request.queue_if_low_balance)
    throw new RazorpayError('Your account does not have enough balance to carry out the payout operation.')
  const payout: Payout = {
    id: books.newId('pout'),
    entity: 'payout',
    fund_account_id: account.id,
    amount: request.amount,
    currency: request.currency,
    notes: request.notes ?? {},
    fees: FEES,
    tax: TAX,
    status: 'queued',
    purpose: request.purpose,
    utr: null,
    mode: request.mode,
    reference_id: request.reference_id ?? null,
    narration: request.narration ?? null,
    batch_id: null,
    failure_reason: null,
    status_details: { description: null, source: null, reason: null },
    created_at: books.now(),
  }
  books.payouts.set(payout.id, payout)
  if (isShort || state === 'queued') books.emit({ event: 'payout.queued', payout })
  else begin(books, payout)
  return payout
}

/** The bank has paid it. */
export function processPayout(books: Books, id: string): Payout {
  const payout = payoutIn(books, id, ['queued', 'processing'])
  if (payout.status === 'queued') begin(books, payout)
  payout.utr = `UTR${payout.id.slice(-9).toUpperCase()}`
  return end(books, payout, 'processed')
}

/** The bank does not pay it. */
export function failPayout(books: Books, id: string): Payout {
  const payout = payoutIn(books, id, ['queued', 'processing'])
  return giveBack(books, payout, 'failed', 'Payout failed as the beneficiary bank is down. Please retry.')
}

/** Somebody of the merchant's does not let it go. */
export function rejectPayout(books: Books, id: string): Payout {
  return giveBack(books, payoutIn(books, id, ['queued']), 'rejected', 'Payout was rejected by an approver.')
}

/** The bank sends back what it was given. */
export function reversePayout(books: Books, id: string): Payout {
  const payout = payoutIn(books, id, ['processing', 'processed'])
  return giveBack(books, payout, 'reversed', 'Payout failed. Reversal in process as the account is closed.')
}

function giveBack(
  books: Books,
  payout: Payout,
  status: 'failed' | 'rejected' | 'reversed',
  reason: string,
): Payout {
  if (payout.status !== 'queued') books.balance += payout.amount + payout.fees
  payout.failure_reason = reason
  payout.status_details = {
    description: reason,
    source: 'beneficiary_bank',
    reason: 'beneficiary_bank_failure',
  }
  return end(books, payout, status)
}

function begin(books: Books, payout: Payout): void {
  books.balance -= payout.amount + payout.fees
  payout.status = 'processing'
  books.emit({ event: 'payout.initiated', payout })
}

function end(books: Books, payout: Payout, status: 'processed' | 'failed' | 'rejected' | 'reversed'): Payout {
  payout.status = status
  books.emit({ event: `payout.${status}` satisfies GatewayEvent['event'], payout })
  return payout
}

function payoutIn(books: Books, id: string, states: Payout['status'][]): Payout {
  const payout = find(books.payouts, id)
  if (!states.includes(payout.status))
    throw new RazorpayError(`The payout is ${payout.status}`, { status: 409 })
  return payout
}
