import { recordFinding } from '#db/queries/payments/record-finding.ts'
import { movePayout } from '#db/queries/payouts/move-payout.ts'
import {
  type DuePayoutRow,
  keepFundAccount,
  putOff,
  takeDuePayouts,
} from '#db/queries/payouts/take-due-payouts.ts'
import { takePayout } from '#db/queries/payouts/take-payout.ts'
import { GatewayError, type PayoutPort } from '#packages/payments/payment-port.ts'
import { openDestination } from '#packages/payouts/destination.ts'
import { OVERDUE_MS } from '#packages/payouts/limits.ts'
import { nextTry } from '#packages/payouts/retry-plan.ts'
import type { Services } from '../context.ts'

/** What sending takes; of the keys, the one that opens where drivers are paid. */
export type PayoutAround = Pick<Services, 'db' | 'payments' | 'log'> & {
  keys: Pick<Services['keys'], 'payoutDetails'>
}

/**
 * Hands approved payouts to the gateway. One whose earlier try may have got there is asked after first; what the gateway refuses
 * goes back to the wallet; what it does not do now, or does not answer, comes again. Returns how many it has taken.
 */
export async function sendPayouts(around: PayoutAround, now: Date, chance = Math.random): Promise<number> {
  const { db, payments, log } = around
  const port = payments?.payouts
  if (!port) return 0
  const due = await takeDuePayouts(db, ['approved'], now)
  const sent = await Promise.all(
    due.map(async (payout) => {
      try {
        return await send(around, port, payout, now)
      } catch (error) {
        const { id, attempts } = payout
        log.error('payout not sent', { payoutId: id, attempts, error })
        await later(around, payout, now, chance())
        return false
      }
    }),
  )
  return sent.filter(Boolean).length
}

async function send(around: PayoutAround, port: PayoutPort, payout: DuePayoutRow, now: Date): Promise<boolean> {
  const { db } = around
  const found = async () => {
    const known = await port.findPayout(payout.id)
    return known !== undefined && (await takePayout(db, known, now)) !== 'unknown'
  }
  if (payout.attempts > 1 && (await found())) return true
  // Who was banned since nobody had to approve it.
  if (payout.isBanned && payout.approvals.length === 0) {
    await movePayout(db, { payout, action: 'hold' }, now)
    return false
  }
  try {
    const fundAccountId = payout.fundAccountId ?? (await register(around, port, payout))
    const { id, amount, method } = payout
    await takePayout(db, await port.pay({ id, amount, fundAccountId, kind: method.kind }), now)
    return true
  } catch (error) {
    if (!(error instanceof GatewayError) || error.failure !== 'refused') throw error
    // Refused is this try: one before may have been done without anybody seeing it.
    if (payout.attempts > 1 && (await found())) return true
    await movePayout(db, { payout, action: 'fail', failure: error.message }, now)
    return false
  }
}

/** Makes the destination known to the gateway, once. */
async function register({ db, keys }: PayoutAround, port: PayoutPort, payout: DuePayoutRow): Promise<string> {
  const { detailsSealed, method } = payout
  const destination =
    detailsSealed === null ? undefined : await openDestination(keys.payoutDetails, detailsSealed, method.id)
  if (!destination) throw new Error('The details of a payout method do not open with our key')
  const fundAccountId = await port.register(method.id, destination)
  await keepFundAccount(db, method.id, fundAccountId)
  return fundAccountId
}

/** Puts a payout off; where that has gone on for long, somebody has to look. */
export async function later(
  { db }: PayoutAround,
  payout: DuePayoutRow,
  now: Date,
  chance: number,
): Promise<void> {
  const { id, state, attempts, updatedAt } = payout
  const at = nextTry(state, attempts, now.getTime(), chance)
  await putOff(db, payout, at === null ? null : new Date(at))
  if (state !== 'approved' && state !== 'sent') return
  if (now.getTime() - updatedAt.getTime() < OVERDUE_MS[state]) return
  const detail = `${state} since ${updatedAt.toISOString()}, ${attempts} tries`
  await recordFinding(db, { kind: 'payout_overdue', reference: id, detail }, now)
}
