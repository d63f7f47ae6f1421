import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { openOrderStates } from '#packages/payments/states.ts'
import { loadOrders, type OrderRow } from './order-view.ts'

/** The most orders that one run looks after; the next one goes on. */
const BATCH_SIZE = 40

/**
 * Takes the orders that the gateway is to be asked about, the longest due first. Two runs at once take different ones; one that is
 * not heard of again comes back after the lease.
 */
export async function takeDueOrders(db: Db, leaseMs: number, now: Date): Promise<OrderRow[]> {
  const due = await readRows(
    db,
    sql`update payment_orders set check_at = ${new Date(now.getTime() + leaseMs)}
      where id in (
        select id from payment_orders where check_at <= ${now} order by check_at limit ${BATCH_SIZE}
        for update skip locked)
      returning id`,
    z.object({ id: z.string() }),
  )
  return due.length === 0
    ? []
    : loadOrders(
        db,
        due.map(({ id }) => id),
      )
}

/** Says when an order is looked after next. Null: never again; one that was not paid is closed then. */
export async function planCheck(db: Db, id: string, checkAt: Date | null, now: Date): Promise<void> {
  await db.execute(
    sql`update payment_orders set check_at = ${checkAt}::timestamptz, updated_at = ${now},
        state = case when ${checkAt === null}::boolean and state in ${openOrderStates} then 'closed' else state end
      where id = ${id}`,
  )
}

/** Has an order looked after with the next run. */
export async function checkSoon(db: Db, id: string, now: Date): Promise<void> {
  await db.execute(sql`update payment_orders set check_at = least(check_at, ${now}) where id = ${id}`)
}
