import { type Books, find } from './books.ts'
import { collection, RazorpayError } from './entities.ts'
import type { OnceKeys } from './once-keys.ts'
import { capture, createOrder, paymentsOf } from './orders.ts'
import { readContact, readFundAccount, readPayout } from './payout-requests.ts'
import { createContact, createFundAccount, createPayout, processPayout } from './payouts.ts'
import { createRefund, refundsOf } from './refunds.ts'
import { readCapture, readOrder, readRefund } from './requests.ts'

const DEFAULT_COUNT = 10
const MAX_COUNT = 100

/** A call as it came. */
export interface Asked {
  /** The id in its path, or nothing. */
  id: string
  query: URLSearchParams
  /** What the body is as JSON, and as text. */
  body: unknown
  text: string
  headers: Headers
}

export interface Merchant {
  books: Books
  refundKeys: OnceKeys
  payoutKeys: OnceKeys
  /** The number of the account that payouts leave. */
  payoutAccount: string
  /** How a new one about this text begins. */
  newRefund: (about: string) => NewRefundState
  newPayout: (about: string) => NewPayoutState
  /** Something that happens behind the reply. */
  later: (work: () => void) => void
}

/** `pending` stays so until somebody processes or fails it. */
export const NEW_REFUND_STATES = ['processed', 'pending'] as const
export type NewRefundState = (typeof NEW_REFUND_STATES)[number]
/** `processed` comes to that by itself, behind the reply; the others stay so until somebody ends it. */
export const NEW_PAYOUT_STATES = ['processed', 'processing', 'queued'] as const
export type NewPayoutState = (typeof NEW_PAYOUT_STATES)[number]

interface CallKind {
  method: 'GET' | 'POST'
  path: RegExp
  answer(merchant: Merchant, asked: Asked): unknown
}

/** Every call of the API that is simulated, by name. */
export const CALLS = {
  create_order: {
    method: 'POST',
    path: /^\/v1\/orders$/,
    answer: ({ books }, { body }) => createOrder(books, readOrder(body)),
  },
  find_orders: {
    method: 'GET',
    path: /^\/v1\/orders$/,
    answer: ({ books }, { query }) =>
      page(
        books.orders.recent().filter(({ receipt }) => isAsked(query, 'receipt', receipt)),
        query,
      ),
  },
  read_order: {
    method: 'GET',
    path: /^\/v1\/orders\/(\w+)$/,
    answer: ({ books }, { id }) => find(books.orders, id),
  },
  read_payments: {
    method: 'GET',
    path: /^\/v1\/orders\/(\w+)\/payments$/,
    answer: ({ books }, { id }) => collection(paymentsOf(books, find(books.orders, id).id)),
  },
  read_payment: {
    method: 'GET',
    path: /^\/v1\/payments\/(\w+)$/,
    answer: ({ books }, { id }) => find(books.payments, id),
  },
  capture: {
    method: 'POST',
    path: /^\/v1\/payments\/(\w+)\/capture$/,
    answer: ({ books }, { id, body }) => capture(books, id, readCapture(body).amount),
  },
  refund: {
    method: 'POST',
    path: /^\/v1\/payments\/(\w+)\/refund$/,
    answer: ({ books, refundKeys, newRefund }, { id, body, text, headers }) =>
      refundKeys.once(headers, `${id} ${text}`, () => {
        const request = readRefund(body)
        return createRefund(books, id, request, newRefund(`${id} ${text}`))
      }),
  },
  read_refunds: {
    method: 'GET',
    path: /^\/v1\/payments\/(\w+)\/refunds$/,
    answer: ({ books }, { id, query }) => page(refundsOf(books, find(books.payments, id).id), query),
  },
  read_refund: {
    method: 'GET',
    path: /^\/v1\/refunds\/(\w+)$/,
    answer: ({ books }, { id }) => find(books.refunds, id),
  },
  create_contact: {
    method: 'POST',
    path: /^\/v1\/contacts$/,
    answer: ({ books }, { body }) => createContact(books, readContact(body)),
  },
  create_fund_account: {
    method: 'POST',
    path: /^\/v1\/fund_accounts$/,
    answer: ({ books }, { body }) => createFundAccount(books, readFundAccount(body)),
  },
  create_payout: {
    method: 'POST',
    path: /^\/v1\/payouts$/,
    answer: ({ books, payoutKeys, payoutAccount, newPayout, later }, { body, text, headers }) =>
      payoutKeys.once(headers, text, () => {
        const request = readPayout(body)
        isOwn(payoutAccount, request.account_number)
        const state = newPayout(text)
        const payout = createPayout(books, request, state === 'queued' ? 'queued' : 'processing')
        if (state === 'processed' && payout.status === 'processing')
          later(() => processPayout(books, payout.id))
        return payout
      }),
  },
  find_payouts: {
    method: 'GET',
    path: /^\/v1\/payouts$/,
    answer: ({ books, payoutAccount }, { query }) => {
      isOwn(payoutAccount, query.get('account_number'))
      const found = books.payouts
        .recent()
        .filter(({ reference_id }) => isAsked(query, 'reference_id', reference_id))
      return page(found, query)
    },
  },
  read_payout: {
    method: 'GET',
    path: /^\/v1\/payouts\/(\w+)$/,
    answer: ({ books }, { id }) => find(books.payouts, id),
  },
} as const satisfies Record<string, CallKind>

export type CallName = keyof typeof CALLS
export const CALL_NAMES = Object.keys(CALLS).filter((name): name is CallName => name in CALLS)

/** The call that this is, and the id in its path. */
export function findCall(method: string, pathname: string): { name: CallName; id: string } | undefined {
  for (const name of CALL_NAMES) {
    const match = CALLS[name].method === method ? CALLS[name].path.exec(pathname) : null
    if (match) return { name, id: match[1] ?? '' }
  }
  return undefined
}

const isAsked = (query: URLSearchParams, name: string, value: string | null) =>
  !query.has(name) || query.get(name) === value

function page<T>(items: T[], query: URLSearchParams) {
  const count = Number(query.get('count') ?? DEFAULT_COUNT)
  if (!Number.isInteger(count) || count < 1 || count > MAX_COUNT)
    throw new RazorpayError('The count must be between 1 and 100.', { field: 'count' })
  return collection(items.slice(0, count))
}

function isOwn(payoutAccount: string, accountNumber: string | null): void {
  if (accountNumber !== payoutAccount)
    throw new RazorpayError('Account Number does not exist', { field: 'account_number' })
}
