import {
  type Posting,
  postPayoutPaid,
  postPayoutReturned,
  postPayoutReversed,
} from '#packages/ledger/postings.ts'
import { type PayoutRail, type PayoutState, returnedStates } from './states.ts'

interface Moved {
  from: PayoutState
  to: PayoutState
  driverId: string
  amount: number
  rail: PayoutRail
  /** What the gateway takes for it, or took. */
  fee: number
}

/**
 * What the ledger gets to know when a payout moves. One that is told to have come back before it was told to be paid was paid
 * and came back: the order in which the gateway tells makes no difference to the books.
 */
export function postingsOf({ from, to, driverId, amount, rail, fee }: Moved): Posting[] {
  const account = rail === 'gateway' ? 'gateway' : 'bank'
  const paid = () => postPayoutPaid(amount, account, fee)
  if (to === 'paid') return [paid()]
  if (to === 'reversed')
    return [...(from === 'paid' ? [] : [paid()]), postPayoutReversed({ driverId, amount }, account, fee)]
  return returnedStates.some((state) => state === to) ? [postPayoutReturned({ driverId, amount })] : []
}
