import { takeDuePayouts } from '#db/queries/payouts/take-due-payouts.ts'
import { takePayout } from '#db/queries/payouts/take-payout.ts'
import { later, type PayoutAround } from './send-payouts.ts'

/**
 * Asks the gateway what became of payouts that it has, and for some days of those that are paid, which a bank may send back: what
 * it tells by itself may get lost. Returns how many have moved.
 */
export async function followPayouts(around: PayoutAround, now: Date, chance = Math.random): Promise<number> {
  const { db, payments, log } = around
  const port = payments?.payouts
  if (!port) return 0
  const due = await takeDuePayouts(db, ['sent', 'paid'], now)
  const moved = await Promise.all(
    due.map(async (payout) => {
      const { id, gatewayPayoutId } = payout
      try {
        const theirs = gatewayPayoutId === null ? await port.findPayout(id) : await port.payout(gatewayPayoutId)
        if (theirs && (await takePayout(db, theirs, now)) === 'moved') return true
      } catch (error) {
        log.error('payout not followed', { payoutId: id, error })
      }
      await later(around, payout, now, chance())
      return false
    }),
  )
  return moved.filter(Boolean).length
}
