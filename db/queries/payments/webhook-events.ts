import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { waitAfterAttempts } from '#db/back-off.ts'
import { type Db, readRows } from '#db/client.ts'
import { WEBHOOK_TAKING } from '#packages/payments/limits.ts'

/** The most webhooks that one run takes in; the next one goes on. */
const BATCH_SIZE = 50

/** Keeps what the gateway told, once for each id of its. Returns whether it is new. */
export async function keepWebhook(
  db: Db,
  { id, event, body }: { id: string; event: string; body: string },
  now: Date,
): Promise<boolean> {
  const { rows } = await db.execute(
    sql`insert into webhook_events (id, event, body, received_at, try_at)
      values (${id}, ${event}, ${body}, ${now}, ${now}) on conflict (id) do nothing returning id`,
  )
  return rows.length > 0
}

const WebhookRow = z.object({
  id: z.string(),
  body: z.string(),
  /** How often it was tried, this time included. */
  attempts: z.number(),
})
export type WebhookRow = z.infer<typeof WebhookRow>

/**
 * Takes what the gateway told and was not yet taken in, the oldest first. Two runs at once take different ones; one that is not
 * concluded comes back, later with every try.
 */
export async function takeDueWebhooks(db: Db, now: Date): Promise<WebhookRow[]> {
  const rows = await readRows(
    db,
    sql`update webhook_events set attempts = attempts + 1,
        try_at = ${now}::timestamptz + ${waitAfterAttempts(WEBHOOK_TAKING)}
      where id in (
        select id from webhook_events where try_at <= ${now} order by received_at limit ${BATCH_SIZE}
        for update skip locked)
      returning id, body, attempts, received_at as "receivedAt"`,
    WebhookRow.extend({ receivedAt: z.coerce.date() }),
  )
  return rows.toSorted((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
}

/** Writes down what became of it; it is not looked at again. */
export async function concludeWebhook(db: Db, { id, outcome }: { id: string; outcome: string }): Promise<void> {
  await db.execute(sql`update webhook_events set outcome = ${outcome}, try_at = null where id = ${id}`)
}
