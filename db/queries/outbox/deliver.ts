import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { idList } from '#db/lists.ts'

const BATCH_SIZE = 100

/** A delivery that is not confirmed within this time may be tried again. */
export const LEASE_SECONDS = 30

/** Whether an event is of an SOS: those wait for no others, and are tried again sooner. */
export const isUrgent = (topic: string): boolean => topic.startsWith('sos.')
const urgent = sql`topic like 'sos.%'`
/** Longer than one try takes: a text that hangs is given up before. */
export const URGENT_LEASE_SECONDS = 15
const MAX_URGENT_LEASE_SECONDS = 120

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
 * Takes due events for delivery, urgent ones and then the oldest first. Two drains at once take different events. An
 * event whose delivery is never confirmed comes back after a lease that doubles with every attempt, up to an hour, or to
 * two minutes where it is urgent.
 */
export async function takeDueEvents(db: Db, now: Date): Promise<OutboxRow[]> {
  const rows = await readRows(
    db,
    sql`update outbox set
        attempts = attempts + 1,
        available_at = ${now}::timestamptz + interval '1 second' * case
          when ${urgent} then least(${MAX_URGENT_LEASE_SECONDS}, ${URGENT_LEASE_SECONDS} * 2 ^ least(attempts, 10))
          else least(3600, ${LEASE_SECONDS} * 2 ^ least(attempts, 10)) end
      where id in (
        select id from outbox where delivered_at is null and parked_at is null and available_at <= ${now}
        order by ${urgent} desc, seq limit ${BATCH_SIZE} for update skip locked)
      returning id, seq, topic, subject, payload, created_at as "createdAt", attempts`,
    OutboxRow,
  )
  return rows.toSorted((a, b) => a.seq - b.seq)
}

/** Gives events up: they are kept for an operator, who may send them again. */
export async function parkEvents(db: Db, ids: readonly string[], reason: string, now: Date): Promise<void> {
  await db.execute(
    sql`update outbox set parked_at = ${now}, last_error = ${reason}
      where id in ${idList(ids)} and delivered_at is null`,
  )
}

export async function confirmDelivery(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db.execute(sql`update outbox set delivered_at = ${now} where id in ${idList(ids)}`)
}
