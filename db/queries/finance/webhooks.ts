import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { NO_SUBJECT, recordAudit } from '#db/queries/audit/record-audit.ts'

/** `waiting`: to be taken in, again · `failed`: it is about nothing that is known here, or cannot be read. */
export const WEBHOOK_STATES = ['waiting', 'failed'] as const

const WebhookRow = z.object({
  /** The gateway's. */
  id: z.string(),
  event: z.string(),
  receivedAt: z.coerce.date(),
  tryAt: z.coerce.date().nullable(),
  attempts: z.number(),
  outcome: z.string().nullable(),
})
export type WebhookRow = z.infer<typeof WebhookRow>

export interface WebhookPage {
  state: (typeof WEBHOOK_STATES)[number]
  after?: string | undefined
  limit: number
}

const isFailed = sql`try_at is null and outcome in ('unknown', 'unreadable')`

/** What the gateway told and was not taken in, the oldest first; without what it says, which may be personal. */
export function listWebhooks(db: Db, { state, after, limit }: WebhookPage): Promise<WebhookRow[]> {
  const only = state === 'waiting' ? sql`try_at is not null` : isFailed
  const newer =
    after === undefined
      ? sql``
      : sql`and (received_at, id) > (select received_at, id from webhook_events where id = ${after})`
  return readRows(
    db,
    sql`select id, event, received_at as "receivedAt", try_at as "tryAt", attempts, outcome from webhook_events
      where ${only} ${newer} order by received_at, id limit ${limit}`,
    WebhookRow,
  )
}

/** Has what was given up, or waits for its next try, taken in at once, with all its tries. Undefined: not there, or taken in. */
export function retryWebhook(
  db: Db,
  { id, actorId }: { id: string; actorId: string },
  now: Date,
): Promise<{ id: string } | undefined> {
  const details = sql`jsonb_build_object('eventId', id, 'event', event)`
  const entry = { actorId, action: 'webhook.retry', subject: sql`${NO_SUBJECT}::uuid`, details }
  return readRow(
    db,
    sql`with again as (
        update webhook_events set try_at = ${now}, attempts = 0, outcome = null
        where id = ${id} and (try_at is not null or (${isFailed})) returning id, event
      ), audited as (${recordAudit('again', entry, now)})
      select id from again`,
    z.object({ id: z.string() }),
  )
}
