import { type SQL, sql } from 'drizzle-orm'
import { MIN_PAYOUT } from '#packages/payouts/limits.ts'
import { unfinishedStates } from '#packages/payouts/states.ts'

/**
 * Whether the platform has money of a person who drives: in the wallet, as much as can be paid at all, on its way out, or of a
 * ride that is over but not settled.
 */
export function owesDriver(userId: string): SQL {
  return sql`(exists (select 1 from ledger_balances
      where owner_id = ${userId} and account = 'driver' and balance >= ${MIN_PAYOUT})
    or exists (select 1 from payouts where driver_id = ${userId} and state in ${unfinishedStates})
    or exists (select 1 from rides join bookings on bookings.ride_id = rides.id
      join payments on payments.booking_id = bookings.id
      where rides.driver_id = ${userId} and payments.state = 'captured' and payments.settled_at is null))`
}
