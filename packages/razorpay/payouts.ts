import type { PayoutDestination, PayoutPort } from '#packages/payments/payment-port.ts'
import { askRazorpay, type Call, type Keys } from './ask-razorpay.ts'
import { checkId } from './check-id.ts'
import { Contact, collectionOf, FundAccount, FundAccountId, Payout, PayoutId } from './wire.ts'

const CURRENCY = 'INR'
const COUNT = '100'
const MODES = { upi: 'UPI', bank: 'IMPS' } as const
/** What the driver's bank shows: at most 30 letters, digits and spaces. */
const NARRATION = 'Margwa earnings'
const MAX_NAME = 50

/** Payouts through RazorpayX, from the account with this number: https://razorpay.com/docs/api/x */
export function payouts(keys: Keys, accountNumber: string): PayoutPort {
  const ask = <T>(call: Call<T>) => askRazorpay(keys, call)
  return {
    // Razorpay answers a contact or account that it knows with the one that it has.
    async register(reference, destination) {
      const contact = { name: destination.name.slice(0, MAX_NAME), type: 'vendor', reference_id: reference }
      const { id } = await ask({ method: 'POST', path: ['contacts'], body: contact, reply: Contact })
      const body = { contact_id: id, ...accountOf(destination) }
      return (await ask({ method: 'POST', path: ['fund_accounts'], body, reply: FundAccount })).id
    },
    async pay({ id, amount, fundAccountId, kind }) {
      return ask({
        method: 'POST',
        path: ['payouts'],
        body: {
          account_number: accountNumber,
          fund_account_id: checkId(FundAccountId, fundAccountId),
          amount,
          currency: CURRENCY,
          mode: MODES[kind],
          purpose: 'payout',
          queue_if_low_balance: true,
          reference_id: id,
          narration: NARRATION,
        },
        idempotency: { header: 'X-Payout-Idempotency', key: id },
        reply: Payout,
      })
    },
    async payout(id) {
      return ask({ method: 'GET', path: ['payouts', checkId(PayoutId, id)], reply: Payout })
    },
    async findPayout(reference) {
      const query = { account_number: accountNumber, reference_id: reference, count: COUNT }
      const { items } = await ask({ method: 'GET', path: ['payouts'], query, reply: collectionOf(Payout) })
      return items.find((payout) => payout.reference === reference)
    },
  }
}

function accountOf(destination: PayoutDestination): object {
  if (destination.kind === 'upi') return { account_type: 'vpa', vpa: { address: destination.address } }
  const { name, ifsc, accountNumber } = destination
  return { account_type: 'bank_account', bank_account: { name, ifsc, account_number: accountNumber } }
}
