import { loadUnsettled, type UnsettledRow } from '#db/queries/payments/load-unsettled.ts'
import { recordFinding } from '#db/queries/payments/record-finding.ts'
import { settlePayment } from '#db/queries/payments/settle-payment.ts'
import { decideSettlement } from '#packages/payments/decide-settlement.ts'
import type { Services } from '../context.ts'

/**
 * Settles what was paid for bookings that have ended: for these, or for all. One that cannot be settled holds up no other, and
 * somebody has to look. Returns how many were settled.
 */
export async function settlePayments(
  { db, log }: Pick<Services, 'db' | 'log'>,
  now: Date,
  bookingIds: readonly string[] | 'all' = 'all',
): Promise<{ paymentsSettled: number }> {
  let paymentsSettled = 0
  for (const payment of await loadUnsettled(db, bookingIds)) {
    const { id } = payment
    try {
      if (await settlePayment(db, payment, decide(payment), now)) paymentsSettled += 1
    } catch (error) {
      log.error('payment not settled', { paymentId: id, error })
      // The next try would fail too.
      const isWrong = error instanceof RangeError
      const finding = { kind: 'settlement_failed', reference: id } as const
      if (isWrong) await recordFinding(db, { ...finding, detail: error.message }, now)
    }
  }
  return { paymentsSettled }
}

const decide = ({ goodwillOfDriver, goodwillOfPlatform, ...payment }: UnsettledRow) =>
  decideSettlement({ ...payment, goodwill: { driver: goodwillOfDriver, platform: goodwillOfPlatform } })
