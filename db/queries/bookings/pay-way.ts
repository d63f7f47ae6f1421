import { type SQL, sql } from 'drizzle-orm'
import type { Paying } from '#packages/booking/paying.ts'

/** How a booking is paid for on the current row of `routes`. As in `refusalOfPaying`. */
export function payWay({ fareAmount, wanted }: Paying): SQL {
  if (fareAmount === 0) return sql`'cash'`
  return wanted ? sql`${wanted}::text` : sql`case when routes.cash_accepted then 'cash' else 'online' end`
}

/** A condition on the current row of `routes`: it and the platform take that. */
export function takesPayment(paying: Paying): SQL {
  if (paying.fareAmount === 0) return sql`true`
  const online = sql.raw(String(paying.onlineFee !== null))
  return sql`case ${payWay(paying)} when 'cash' then routes.cash_accepted else ${online} end`
}

/**
 * Columns of a booking whose seats are taken, from a relation with `way` (`payWay`) and the `booking_mode` of its route: who
 * pays online pays first.
 */
export const takenColumns = ({ payBy, onlineFee }: Paying, answerBy: SQL) => ({
  state: sql`case when way = 'online' then 'unpaid' when booking_mode = 'instant' then 'confirmed' else 'pending' end`,
  expiresAt: sql`case when way = 'online' then ${payBy}::timestamptz when booking_mode = 'instant' then null else ${answerBy} end`,
  feeAmount: sql`case way when 'online' then ${onlineFee ?? 0}::int else 0 end`,
})
