import type { z } from '@hono/zod-openapi'
import type { EarningsRow } from '#db/queries/earnings/load-earnings.ts'
import { type EarningPeriod, periodSpan } from '#packages/earnings/period.ts'
import { paise } from '#packages/fares/money.ts'
import type { Earnings } from './contract.ts'

type Amounts = Pick<EarningsRow, 'online' | 'cash' | 'cancellations' | 'refunds' | 'corrections'>

function presentAmounts({ online, cash, cancellations, refunds, corrections }: Amounts) {
  return {
    ...{ online: paise(online), cash: paise(cash), cancellations: paise(cancellations) },
    ...{ refunds: paise(refunds), corrections: paise(corrections) },
    total: paise(online + cash + cancellations + refunds + corrections),
  }
}

/** What a driver earned in a period. */
export function presentEarnings(row: EarningsRow, by: EarningPeriod): z.input<typeof Earnings> {
  const { from, to } = periodSpan(by, row.period)
  return {
    period: row.period,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...presentAmounts(row),
    rideCount: row.rideCount,
    rides: row.rides.map(({ rideId, departsAt, from: start, to: end, bookings, ...amounts }) => ({
      ride: { id: rideId, departsAt: departsAt.toISOString(), from: start, to: end },
      bookings,
      ...presentAmounts(amounts),
    })),
  }
}
