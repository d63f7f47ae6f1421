import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'

const DAY_MS = 24 * 3600_000
/** How long rows are kept after they have done their work. */
const OUTBOX_KEPT_MS = 7 * DAY_MS
const SESSION_KEPT_MS = 30 * DAY_MS
/** Where people drove is nobody's business for longer, unless an alert or a report is about it. */
const TRACE_KEPT_MS = 30 * DAY_MS
const SHARE_LINK_KEPT_MS = DAY_MS
/** An alert, after it was resolved. */
const SOS_KEPT_MS = 365 * DAY_MS
/** A report, after it was handled. */
const REPORT_KEPT_MS = 365 * DAY_MS

/** What the gateway told; it repeats itself for a day. What still waits to be taken in stays. */
const WEBHOOK_KEPT_MS = 30 * DAY_MS
/** What the app told somebody. */
const NOTIFICATION_KEPT_MS = 90 * DAY_MS
/** One that is in nobody's list any more, or never was. */
const HIDDEN_NOTIFICATION_KEPT_MS = 7 * DAY_MS

/** Deletes what has done its work: delivered events, expired idempotency keys, sessions long ended with their tokens, what the search knew of rides past their departure, saved searches whose time is over. */
export async function forgetOldRows(db: Db, now: Date): Promise<void> {
  const before = (age: number) => new Date(now.getTime() - age)
  await db.batch([
    db.execute(sql`delete from outbox where delivered_at < ${before(OUTBOX_KEPT_MS)}`),
    db.execute(sql`delete from ride_traces trace where stored_at < ${before(TRACE_KEPT_MS)}
      and not exists (select 1 from sos_alerts where ride_id = trace.ride_id)
      and not exists (select 1 from reports where subject_kind = 'ride' and subject_id = trace.ride_id)`),
    db.execute(sql`delete from notifications where created_at < ${before(NOTIFICATION_KEPT_MS)}
      or (created_at < ${before(HIDDEN_NOTIFICATION_KEPT_MS)} and deleted_at < ${before(HIDDEN_NOTIFICATION_KEPT_MS)})`),
    db.execute(sql`delete from ride_corridors where departs_at <= ${now}`),
    db.execute(sql`delete from saved_searches where latest < ${now}`),
    db.execute(sql`delete from reports where handled_at < ${before(REPORT_KEPT_MS)}`),
    db.execute(
      sql`delete from share_links where least(revoked_at, expires_at) < ${before(SHARE_LINK_KEPT_MS)}`,
    ),
    db.execute(sql`delete from sos_alerts where resolved_at < ${before(SOS_KEPT_MS)}`),
    db.execute(
      sql`delete from webhook_events where received_at < ${before(WEBHOOK_KEPT_MS)} and try_at is null`,
    ),
    db.execute(sql`delete from idempotency_keys where expires_at < ${now}`),
    db.execute(sql`delete from sessions where coalesce(revoked_at, expires_at) < ${before(SESSION_KEPT_MS)}`),
  ])
}
