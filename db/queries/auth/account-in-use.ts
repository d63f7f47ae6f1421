import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { activeStates } from '#packages/booking/states.ts'

/**
 * Whether somebody still counts on a person: a ride they drive that is not over, or a booking of theirs that holds
 * seats. A hold that has lapsed counts for nothing, even before the sweep has seen it.
 */
export function accountInUse(userId: string, now: Date): SQL {
  return sql`(exists (select 1 from rides where driver_id = ${userId} and status in ('scheduled', 'started'))
    or exists (select 1 from bookings where passenger_id = ${userId}
      and state in ${activeStates} and (expires_at is null or expires_at > ${now})))`
}

const AccountRow = z.object({ inUse: z.boolean() })

/** Undefined: no such account. */
export function loadAccountUse(
  db: Db,
  userId: string,
  now: Date,
): Promise<z.infer<typeof AccountRow> | undefined> {
  return readRow(
    db,
    sql`select ${accountInUse(userId, now)} as "inUse" from users where id = ${userId} and deleted_at is null`,
    AccountRow,
  )
}
