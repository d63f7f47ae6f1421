import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import type { Span } from '#packages/earnings/period.ts'
import { transactionKinds } from '#packages/ledger/kinds.ts'
import { payoutMethodKinds } from '#packages/payouts/states.ts'
import { recordLook } from './record-look.ts'

const StatementLineRow = z.object({
  at: z.coerce.date(),
  kind: z.enum(transactionKinds),
  /** Paise; below nothing it left the wallet. */
  amount: z.number(),
  availableAt: z.coerce.date().nullable(),
  booking: z
    .object({
      id: z.string(),
      isCompleted: z.boolean(),
      rideId: z.string(),
      departsAt: z.coerce.date(),
      from: z.string().nullable(),
      to: z.string().nullable(),
    })
    .nullable(),
  payout: z.object({ id: z.string(), method: z.enum(payoutMethodKinds), lastFour: z.string() }).nullable(),
})
export type StatementLineRow = z.infer<typeof StatementLineRow>

const StatementRow = z.object({
  driverId: z.string(),
  driverName: z.string().nullable(),
  /** Paise, before the first line. */
  opening: z.coerce.number(),
  /** In the order of their time. */
  lines: z.array(StatementLineRow),
})
export type StatementRow = z.infer<typeof StatementRow>

/**
 * What moved a driver's wallet in a span of time, and what it had before. Undefined: no such driver. That the staff
 * looked is on record.
 */
export function loadStatement(
  db: Db,
  asked: { driverId: string; month: string; span: Span; staffId: string | null },
  now: Date,
): Promise<StatementRow | undefined> {
  const { driverId, month, span, staffId } = asked
  const wallet = sql`owner_id = ${driverId} and account = 'driver'`
  const endOf = (order: string) =>
    sql`(select name from route_stops where route_id = ride.route_id order by position ${sql.raw(order)} limit 1)`
  return readRow(
    db,
    sql`with ${recordLook(driverId, staffId, sql`jsonb_build_object('month', ${month}::text)`, now)} entry as (
        select transaction_id, line, at, amount, available_at from ledger_entries
        where ${wallet} and at >= ${new Date(span.from)} and at < ${new Date(span.to)}
      ), moved as (
        select entry.at, posted.id, entry.line, posted.kind, entry.amount, entry.available_at as "availableAt",
          case when booking.id is not null then jsonb_build_object('id', booking.id,
            'isCompleted', booking.state = 'completed', 'rideId', ride.id, 'departsAt', ride.departs_at,
            'from', ${endOf('asc')}, 'to', ${endOf('desc')}) end as booking,
          case when payout.id is not null then jsonb_build_object('id', payout.id, 'method', method.kind,
            'lastFour', method.last_four) end as payout
        from entry join ledger_transactions posted on posted.id = entry.transaction_id
        left join bookings booking on booking.id = posted.booking_id
        left join rides ride on ride.id = booking.ride_id
        left join payouts payout on payout.id = posted.reference
        left join payout_methods method on method.id = payout.method_id
      )
      select person.id as "driverId", person.name as "driverName",
        -- Mostly the last months are asked for: what came since is less than all that came before.
        coalesce((select balance from ledger_balances where ${wallet} and currency = 'INR'), 0)
          - (select coalesce(sum(amount), 0) from ledger_entries where ${wallet} and at >= ${new Date(span.from)}) as opening,
        (select coalesce(jsonb_agg(to_jsonb(moved) order by at, id, line), '[]') from moved) as lines
      from drivers join users person on person.id = drivers.user_id where drivers.user_id = ${driverId}`,
    StatementRow,
  )
}
