import {
  confirmDelivery,
  isUrgent,
  LEASE_SECONDS,
  type OutboxRow,
  parkEvents,
  takeDueEvents,
  URGENT_LEASE_SECONDS,
} from '#db/queries/outbox/deliver.ts'
import { type Outlet, outlets, type Surroundings } from './outlets.ts'

/** When an event is given up: it is so old, and was tried so often. Then it is parked, and somebody has to look. */
export const GIVE_UP = { afterMs: 24 * 3600_000, attempts: 40 }
/** The same for one that nobody takes: a newer version may be writing it already. */
export const GIVE_UP_UNKNOWN = { afterMs: 15 * 60_000, attempts: 5 }

/**
 * Delivers what has committed and was not yet told. Runs after every reply that may have written events, and as a
 * sweep; an event that one of its outlets does not take comes back later, for all of them. A slow outlet, or one that
 * fails, holds up only the events that go through it. Returns how many were delivered.
 */
export async function drainOutbox(
  surroundings: Surroundings,
  now: () => number = Date.now,
  ways: readonly Outlet[] = outlets,
): Promise<number> {
  const { db, log, platform } = surroundings
  const due = await takeDueEvents(db, new Date(now()))
  const awaited = new Map(
    due.map(({ id, topic }) => [id, new Set(ways.filter((outlet) => outlet.takes(topic)))]),
  )
  const delivered = new Set<string>()
  await Promise.all(
    ways.map(async (outlet) => {
      const rows = due.filter(({ topic }) => outlet.takes(topic))
      if (rows.length === 0) return
      try {
        const taken = new Set(await outlet.hand(surroundings, rows, now()))
        for (const id of taken) awaited.get(id)?.delete(outlet)
        const done = rows.filter(({ id }) => taken.has(id) && awaited.get(id)?.size === 0).map(({ id }) => id)
        if (done.length > 0) await confirmDelivery(db, done, new Date(now()))
        for (const id of done) delivered.add(id)
      } catch (error) {
        log.error('outlet failed', { topics: [...new Set(rows.map(({ topic }) => topic))], error })
      }
    }),
  )
  const left = due.filter(({ id }) => !delivered.has(id))
  const isKnown = ({ topic }: OutboxRow) => ways.some((outlet) => outlet.takes(topic))
  const unknown = left.filter((row) => !isKnown(row))
  for (const { id, topic, attempts } of unknown) log.error('event that nobody takes', { id, topic, attempts })
  const waiting = [
    ...(await park(surroundings, unknown, GIVE_UP_UNKNOWN, now())),
    ...(await park(surroundings, left.filter(isKnown), GIVE_UP, now())),
  ]
  if (waiting.length > 0) {
    const isPressing = waiting.some(({ topic }) => isUrgent(topic))
    await platform.drainSoon((isPressing ? URGENT_LEASE_SECONDS : LEASE_SECONDS) + 1)
  }
  return delivered.size
}

/** Parks what was tried long enough, loudly. Returns the rest. */
async function park(
  { db, log }: Surroundings,
  left: readonly OutboxRow[],
  limit: typeof GIVE_UP,
  now: number,
): Promise<OutboxRow[]> {
  const isOver = ({ attempts, createdAt }: OutboxRow) =>
    attempts >= limit.attempts && now - createdAt.getTime() >= limit.afterMs
  const over = left.filter(isOver)
  for (const { id, topic, subject, attempts } of over)
    log.error('event parked', { id, topic, subject, attempts })
  if (over.length > 0) {
    const ids = over.map(({ id }) => id)
    await parkEvents(db, ids, `not delivered after ${limit.attempts} tries or more`, new Date(now))
  }
  return left.filter((row) => !isOver(row))
}
