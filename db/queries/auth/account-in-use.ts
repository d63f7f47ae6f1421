import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { owesDriver } from '#db/queries/payouts/owes-driver.ts'
import { holdsSeats } from '#db/queries/rides/holds-seats.ts'

/**
 * Whether somebody still counts on a person, or looks for them: a ride they drive that is not over, a booking of theirs
 * that holds seats, or an alert of theirs that is open.
 */
export function accountInUse(userId: string, now: Date): SQL {
  return sql`(exists (select 1 from rides where driver_id = ${userId} and status in ('scheduled', 'started'))
    or exists (select 1 from bookings held where held.passenger_id = ${userId} and ${holdsSeats('held', now)})
    or exists (select 1 from sos_alerts where user_id = ${userId} and state <> 'resolved'))`
}

const AccountRow = z.object({
  inUse: z.boolean(),
  /** Money of the person's is in their wallet, or on its way. */
  isOwed: z.boolean(),
})

/** Undefined: no such account. */
export function loadAccountUse(
  db: Db,
  userId: string,
  now: Date,
): Promise<z.infer<typeof AccountRow> | undefined> {
  return readRow(
    db,
    sql`select ${accountInUse(userId, now)} as "inUse", ${owesDriver(userId)} as "isOwed" from users where id = ${userId} and deleted_at is null`,
    AccountRow,
  )
}
