import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import type { PayoutState } from '#packages/payouts/states.ts'
import { PayoutRow, payoutColumns } from './payout-view.ts'

/** As many as are sent or asked after at once. */
const BATCH_SIZE = 20
/** Who took a payout and says nothing for so long has died: another may try. Longer than all that one try asks the gateway. */
const LEASE_MS = 90_000

const DuePayoutRow = PayoutRow.extend({
  detailsSealed: z.string().nullable(),
  fundAccountId: z.string().nullable(),
  isBanned: z.boolean(),
})
export type DuePayoutRow = z.infer<typeof DuePayoutRow>

/**
 * Takes payouts of these states that are due at the gateway, those that wait longest first. That a try begins is written
 * before it does: `attempts` above 1 means that an earlier one may have got there. Two senders at once take different ones.
 */
export function takeDuePayouts(db: Db, states: readonly PayoutState[], now: Date): Promise<DuePayoutRow[]> {
  return readRows(
    db,
    sql`with due as (
        select id from payouts where try_at <= ${now} and rail = 'gateway' and state in ${states}
        order by try_at limit ${BATCH_SIZE} for update skip locked
      ), payout as (
        update payouts set attempts = least(payouts.attempts, 30000) + 1, try_at = ${new Date(now.getTime() + LEASE_MS)}
        from due where payouts.id = due.id
        returning payouts.*
      )
      select ${payoutColumns}, method.details_sealed as "detailsSealed", method.gateway_fund_account_id as "fundAccountId",
        person.banned_at is not null as "isBanned"
      from payout join payout_methods method on method.id = payout.method_id
        join users person on person.id = payout.driver_id
      order by payout.id`,
    DuePayoutRow,
  )
}

/** Puts a payout off, unless it has moved, or somebody else has taken it since. @param at null: for ever */
export async function putOff(
  db: Db,
  { id, state, attempts }: Pick<PayoutRow, 'id' | 'state' | 'attempts'>,
  at: Date | null,
): Promise<void> {
  await db.execute(sql`update payouts set try_at = ${at}::timestamptz
    where id = ${id} and state = ${state} and attempts = ${attempts}`)
}

/** Keeps what the gateway knows a method by. */
export async function keepFundAccount(db: Db, methodId: string, fundAccountId: string): Promise<void> {
  await db.execute(sql`update payout_methods set gateway_fund_account_id = ${fundAccountId}
    where id = ${methodId} and details_sealed is not null`)
}
