import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'

const BATCH_SIZE = 100

/** A delivery that is not confirmed within this time may be tried again. */
export const LEASE_SECONDS = 30

export const OutboxRow = z.object({
  id: z.string(),
  seq: z.coerce.number(),
  topic: z.string(),
  subject: z.string(),
  payload: z.record(z.string(), z.unknown()),
  createdAt: z.coerce.date(),
  attempts: z.number(),
})
export type OutboxRow = z.infer<typeof OutboxRow>

/**
 * Takes due events for delivery, oldest first. Two drains at once take different events. An event whose delivery is
 * never confirmed comes back after a lease that doubles with every attempt, up to an hour.
 */
export async function takeDueEvents(db: Db, now: Date): Promise<OutboxRow[]> {
  const rows = await readRows(
    db,
    sql`update outbox set
        attempts = attempts + 1,
        available_at = ${now}::timestamptz + least(3600, ${LEASE_SECONDS} * 2 ^ least(attempts, 10)) * interval '1 second'
      where id in (
        select id from outbox where delivered_at is null and parked_at is null and available_at <= ${now}
        order by seq limit ${BATCH_SIZE} for update skip locked)
      returning id, seq, topic, subject, payload, created_at as "createdAt", attempts`,
    OutboxRow,
  )
  return rows.toSorted((a, b) => a.seq - b.seq)
}

export async function confirmDelivery(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db.execute(
    sql`update outbox set delivered_at = ${now} where id in (select jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::uuid)`,
  )
}
