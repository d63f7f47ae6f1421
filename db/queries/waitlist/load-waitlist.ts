import { sql } from 'drizzle-orm'
import { type Db, readRow, readRows } from '#db/client.ts'
import type { WaitlistState } from '#db/schema/index.ts'
import { WaitlistRow, waitlistView } from './waitlist-view.ts'

/** Somebody's own place in a queue. */
export function loadWaitlistEntry(db: Db, id: string, passengerId: string): Promise<WaitlistRow | undefined> {
  return readRow(
    db,
    sql`with entry as (select * from waitlist_entries where id = ${id} and passenger_id = ${passengerId}) ${waitlistView}`,
    WaitlistRow,
  )
}

export interface WaitlistPage {
  passengerId: string
  state?: WaitlistState | undefined
  before?: string | undefined
  limit: number
}

/** Where somebody waits or waited, newest first. */
export function listWaitlist(
  db: Db,
  { passengerId, state, before, limit }: WaitlistPage,
): Promise<WaitlistRow[]> {
  const only = state ? sql`and state = ${state}` : sql``
  const older = before ? sql`and id < ${before}` : sql``
  return readRows(
    db,
    sql`with entry as (
        select * from waitlist_entries where passenger_id = ${passengerId} ${only} ${older}
        order by id desc limit ${limit})
      ${waitlistView} order by entry.id desc`,
    WaitlistRow,
  )
}
