import { taxWithin } from '#packages/fares/booking-fee.ts'
import { type LedgerLine, type Posting, postSettlement } from '#packages/ledger/postings.ts'

/** A payment whose booking has ended. Amounts are whole paise, instants Unix milliseconds. */
export interface EndedPayment {
  passengerId: string
  driverId: string
  /** What came in, for the fare and the fee. */
  captured: number
  /** Of those the fee. */
  feeAmount: number
  /** What the policy gives back of the fare and of the fee. */
  fareBack: number
  feeBack: number
  /** What operations gave back before the end, and who bore it. */
  goodwill: { driver: number; platform: number }
  /** From when on the hold of what the driver earned counts. */
  at: number
}

export interface PaymentSettlement {
  /** Null where nothing of it is kept. */
  posting: Posting | null
  /** What goes back now. */
  refund: number
}

/**
 * What a payment comes to in the end: what is kept goes to the driver, the platform and the state, the rest goes back. What
 * operations gave back before counts: nobody gets back more than they paid, and who bore it has that again first, the
 * driver before the platform.
 * @throws RangeError for amounts that do not go together
 */
export function settlePayment(ended: EndedPayment): PaymentSettlement {
  const { passengerId, driverId, captured, feeAmount, fareBack, feeBack, goodwill, at } = ended
  const fareKept = captured - feeAmount - fareBack
  const feeKept = feeAmount - feeBack
  const given = goodwill.driver + goodwill.platform
  if ([fareKept, feeKept, goodwill.driver, goodwill.platform, captured - given].some((amount) => amount < 0))
    throw new RangeError('the amounts of this payment do not go together')
  const refund = Math.min(fareBack + feeBack, captured - given)
  const spared = fareBack + feeBack - refund
  const toDriver = Math.min(spared, goodwill.driver)
  const kept = postSettlement({ passengerId, driverId, fareKept, feeKept, tax: taxWithin(feeKept), at })
  const again: LedgerLine[] = [
    { account: 'passenger', ownerId: passengerId, amount: -spared },
    { account: 'driver', ownerId: driverId, amount: toDriver },
    { account: 'costs', amount: spared - toDriver },
  ]
  const lines = [...kept.lines, ...again.filter(({ amount }) => amount !== 0)]
  return { posting: lines.length > 0 ? { kind: 'settlement', lines } : null, refund }
}
