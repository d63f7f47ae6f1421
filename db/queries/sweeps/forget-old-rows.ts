import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'

const DAY_MS = 24 * 3600_000
/** How long rows are kept after they have done their work. */
const OUTBOX_KEPT_MS = 7 * DAY_MS
const SESSION_KEPT_MS = 30 * DAY_MS

/** Deletes what has done its work: delivered events, expired idempotency keys, sessions long ended with their tokens, what the search knew of rides past their departure. */
export async function forgetOldRows(db: Db, now: Date): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age)
  await db.batch([
    db.execute(sql`delete from outbox where delivered_at < ${before(OUTBOX_KEPT_MS)}`),
    db.execute(sql`delete from ride_corridors where departs_at <= ${now}`),
    db.execute(sql`delete from idempotency_keys where expires_at < ${now}`),
    db.execute(sql`delete from sessions where coalesce(revoked_at, expires_at) < ${before(SESSION_KEPT_MS)}`),
  ])
}
