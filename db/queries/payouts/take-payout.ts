import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { recordFinding } from '#db/queries/payments/record-finding.ts'
import type { GatewayPayout } from '#packages/payments/payment-port.ts'
import { takeIn } from '#packages/payouts/take-in.ts'
import { movePayout } from './move-payout.ts'
import { PayoutRow, payoutColumns } from './payout-view.ts'

/** How often it is looked at again when it moved in between. */
const MAX_TRIES = 5

/** What became of what the gateway told: `unknown`, no payout of ours · `differs`, somebody has to look. */
export type PayoutTaken = 'moved' | 'unchanged' | 'differs' | 'unknown'

/**
 * Takes in what the gateway says of a payout, whoever brings it, in any order and however often: it moves forward or stays, its
 * money with it. What cannot be is written down for the finance staff.
 */
export async function takePayout(db: Db, theirs: GatewayPayout, now: Date): Promise<PayoutTaken> {
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    const payout = await loadTheirs(db, theirs)
    if (!payout) return 'unknown'
    const taken = takeIn(payout, theirs)
    if (!taken) return 'unchanged'
    if ('differs' in taken) {
      await recordFinding(db, { kind: 'payout_mismatch', reference: payout.id, detail: taken.differs }, now)
      return 'differs'
    }
    const { id: gatewayPayoutId, bankReference, failure, fee } = theirs
    const move = { payout, action: taken.action, gatewayPayoutId, bankReference, failure, fee }
    if (await movePayout(db, move, now)) return 'moved'
  }
  throw new Error('a payout moves all the time')
}

/** Ours by its id, which the gateway has as its reference; or by the gateway's, where a person gave it another reference. */
function loadTheirs(db: Db, { id, reference }: GatewayPayout): Promise<PayoutRow | undefined> {
  const byReference = sql`payout.id = ${z.uuid().safeParse(reference).data ?? null}::uuid`
  return readRow(
    db,
    sql`select ${payoutColumns} from payouts payout where ${byReference} or gateway_payout_id = ${id}
      order by ${byReference} desc nulls last limit 1`,
    PayoutRow,
  )
}
