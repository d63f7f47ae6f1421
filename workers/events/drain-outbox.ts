import { confirmDelivery, LEASE_SECONDS, takeDueEvents } from '#db/queries/outbox/deliver.ts'
import { outlets, type Surroundings } from './outlets.ts'

/**
 * Delivers what has committed and was not yet told. Runs after every reply that may have written events, and as a
 * sweep; an event that one of its outlets does not take comes back later. A slow outlet holds up only the events that
 * go through it. Returns how many were delivered.
 */
export async function drainOutbox(surroundings: Surroundings, now: () => number = Date.now): Promise<number> {
  const due = await takeDueEvents(surroundings.db, new Date(now()))
  const awaited = new Map(
    due.map(({ id, topic }) => [id, outlets.filter((outlet) => outlet.takes(topic)).length]),
  )
  const confirm = async (taken: readonly string[]) => {
    const delivered = taken.filter((id) => {
      const left = (awaited.get(id) ?? 0) - 1
      awaited.set(id, left)
      return left === 0
    })
    if (delivered.length > 0) await confirmDelivery(surroundings.db, delivered, new Date(now()))
    return delivered.length
  }
  const counts = await Promise.all(
    outlets.map(async (outlet) => {
      const rows = due.filter(({ topic }) => outlet.takes(topic))
      return rows.length === 0 ? 0 : confirm(await outlet.hand(surroundings, rows, now()))
    }),
  )
  const delivered = counts.reduce((sum, count) => sum + count, 0)
  if (delivered < due.length) await surroundings.platform.drainSoon(LEASE_SECONDS + 1)
  return delivered
}
