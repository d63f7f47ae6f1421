import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRowLocked, readRows } from '#db/client.ts'
import { MAX_PAYOUT_METHODS } from '#packages/payouts/limits.ts'
import { type PayoutMethodKind, payoutMethodKinds, unfinishedStates } from '#packages/payouts/states.ts'

export const PayoutMethodRow = z.object({
  id: z.string(),
  kind: z.enum(payoutMethodKinds),
  lastFour: z.string(),
  createdAt: z.coerce.date(),
})
export type PayoutMethodRow = z.infer<typeof PayoutMethodRow>

const methodColumns = sql.raw(`id, kind, last_four as "lastFour", created_at as "createdAt"`)

export interface NewPayoutMethod {
  id: string
  driverId: string
  kind: PayoutMethodKind
  sealed: string
  hash: string
  lastFour: string
}

/**
 * Adds a payout method. The driver is locked, so that methods added at once are counted. Undefined: no such driver any more, or
 * they have `MAX_PAYOUT_METHODS`. Violates `payout_methods_details_key` where they have this one.
 */
export function addPayoutMethod(
  db: Db,
  { id, driverId, kind, sealed, hash, lastFour }: NewPayoutMethod,
  now: Date,
): Promise<PayoutMethodRow | undefined> {
  return readRowLocked(
    db,
    [
      sql`select 1 from users where id = ${driverId} for share`,
      sql`select 1 from drivers where user_id = ${driverId} for no key update`,
    ],
    sql`insert into payout_methods (id, driver_id, kind, details_sealed, details_hash, last_four, created_at)
      select ${id}::uuid, user_id, ${kind}, ${sealed}, ${hash}, ${lastFour}, ${now}::timestamptz
      from drivers join users on users.id = user_id and users.deleted_at is null
      where user_id = ${driverId}
        and (select count(*) from payout_methods where driver_id = ${driverId} and removed_at is null) < ${MAX_PAYOUT_METHODS}
      returning ${methodColumns}`,
    PayoutMethodRow,
  )
}

const own = (driverId: string) => sql`driver_id = ${driverId} and removed_at is null`

/** The newest first. */
export function listPayoutMethods(db: Db, driverId: string): Promise<PayoutMethodRow[]> {
  return readRows(
    db,
    sql`select ${methodColumns} from payout_methods where ${own(driverId)} order by id desc`,
    PayoutMethodRow,
  )
}

/** Undefined: not there, not theirs, or removed. */
export function loadPayoutMethod(db: Db, driverId: string, id: string): Promise<PayoutMethodRow | undefined> {
  return readRow(
    db,
    sql`select ${methodColumns} from payout_methods where id = ${id} and ${own(driverId)}`,
    PayoutMethodRow,
  )
}

/**
 * Removes a payout method. Its details go at once, or with the last payout that is on its way to it; the method is locked, so
 * that a payout that is asked for or ends at this moment is seen. Undefined: not there, not theirs, or removed.
 */
export function removePayoutMethod(
  db: Db,
  { id, driverId }: { id: string; driverId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  const isAwaited = sql`exists (select 1 from payouts where method_id = payout_methods.id and state in ${unfinishedStates})`
  return readRowLocked(
    db,
    sql`select 1 from payout_methods where id = ${id} and ${own(driverId)} for update`,
    sql`update payout_methods set removed_at = ${now}, details_hash = null,
        details_sealed = case when ${isAwaited} then details_sealed end,
        gateway_fund_account_id = case when ${isAwaited} then gateway_fund_account_id end
      where id = ${id} and ${own(driverId)}
      returning id`,
    z.object({ id: z.string() }),
  )
}
