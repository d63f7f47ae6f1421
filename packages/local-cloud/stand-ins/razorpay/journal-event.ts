import type { Journal } from '../journal.ts'
import type { GatewayEvent } from './books.ts'

const PAISE_PER_RUPEE = 100

/** Notes what happened; that an order is paid is said by its payment. */
export function journalEvent(journal: Journal, { event, payment, refund, payout }: GatewayEvent): void {
  const note = (kind: 'payment' | 'refund' | 'payout', entity: { amount: number }, to: string) =>
    journal.add(kind, `₹${entity.amount / PAISE_PER_RUPEE} ${event}`, { ...entity }, to)
  if (payout) note('payout', payout, payout.reference_id ?? payout.id)
  else if (refund) note('refund', refund, refund.payment_id)
  else if (payment && event !== 'order.paid') note('payment', payment, payment.order_id)
}
