import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { activeStates } from '#packages/booking/states.ts'
import type { FindingKind } from '#packages/ledger/findings.ts'
import { UNSETTLED_MS } from '#packages/payments/limits.ts'

const KIND: FindingKind = 'payment_unsettled'
/** What is left is written down the next night. */
const BATCH_SIZE = 100

/**
 * Has somebody look at money that is kept for a passenger whose ride is long over, and whom nobody let out: a driver who never
 * came, or forgot. Each is written down once, until it is settled.
 */
export async function reportUnsettled(db: Db, now: Date): Promise<void> {
  const before = new Date(now.getTime() - UNSETTLED_MS)
  await db.execute(sql`insert into money_findings (id, kind, reference, detail, found_at)
    select gen_random_uuid(), ${KIND}, payment.id, 'Booking ' || booking.id || ' is still ' || booking.state, ${now}::timestamptz
    from payments payment
    join bookings booking on booking.id = payment.booking_id and booking.state in ${activeStates}
    join rides ride on ride.id = booking.ride_id and ride.arrives_at < ${before}
    where payment.state = 'captured' and payment.settled_at is null and payment.captured_at < ${before}
      and not exists (select 1 from money_findings known
        where known.kind = ${KIND} and known.reference = payment.id::text and known.resolved_at is null)
    order by payment.captured_at limit ${BATCH_SIZE}
    on conflict (kind, reference) where resolved_at is null do nothing`)
}
