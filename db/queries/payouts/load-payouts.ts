import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { type PayoutState, unfinishedStates } from '#packages/payouts/states.ts'
import { PayoutRow, payoutById, payoutColumns } from './payout-view.ts'

/** Whoever's it is: for the staff, and for what the gateway tells. */
export function loadPayout(db: Db, id: string): Promise<PayoutRow | undefined> {
  return readRow(db, payoutById(id), PayoutRow)
}

/** Undefined: not there, or not theirs. */
export function loadOwnPayout(db: Db, driverId: string, id: string): Promise<PayoutRow | undefined> {
  return readRow(db, sql`${payoutById(id)} and driver_id = ${driverId}`, PayoutRow)
}

/** A driver's, newest first. */
export function listOwnPayouts(
  db: Db,
  driverId: string,
  { before, limit }: { before?: string | undefined; limit: number },
): Promise<PayoutRow[]> {
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`select ${payoutColumns} from payouts payout where driver_id = ${driverId} ${older}
      order by id desc limit ${limit}`,
    PayoutRow,
  )
}

/** Those in a state, or those that are not over; the oldest first. Ids sort by age. */
export function listPayouts(
  db: Db,
  { state, after, limit }: { state?: PayoutState | undefined; after?: string | undefined; limit: number },
): Promise<PayoutRow[]> {
  const younger = after ? sql`and id > ${after}` : sql``
  return readRows(
    db,
    sql`select ${payoutColumns} from payouts payout
      where state in ${state ? [state] : unfinishedStates} ${younger} order by id limit ${limit}`,
    PayoutRow,
  )
}

const InspectedRow = PayoutRow.extend({
  driver: z.object({ name: z.string().nullable(), isBanned: z.boolean() }),
  /** Null: its driver removed the method, and nothing is to be paid to it any more. */
  detailsSealed: z.string().nullable(),
})
export type InspectedPayoutRow = z.infer<typeof InspectedRow>

/** A payout with where it goes in full; that somebody of the staff looked is on record. */
export function inspectPayout(
  db: Db,
  id: string,
  actorId: string,
  now: Date,
): Promise<InspectedPayoutRow | undefined> {
  const details = sql`jsonb_build_object('driverId', driver_id)`
  const entry = { actorId, action: 'payout.view', subject: sql`id`, details }
  return readRow(
    db,
    sql`with payout as (select * from payouts where id = ${id}), audited as (${recordAudit('payout', entry, now)})
      select ${payoutColumns}, jsonb_build_object('name', person.name, 'isBanned', person.banned_at is not null) as driver,
        method.details_sealed as "detailsSealed"
      from payout join users person on person.id = payout.driver_id
        join payout_methods method on method.id = payout.method_id`,
    InspectedRow,
  )
}
