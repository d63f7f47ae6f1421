import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRows } from '#db/client.ts'
import { INDIAN_ZONE } from '#packages/calendar/indian-time.ts'
import type { EarningPeriod, Span } from '#packages/earnings/period.ts'
import { recordLook } from './record-look.ts'

/** More rides than that of one period are counted, and shown by a shorter one. */
export const RIDES_SHOWN = 100

/** Paise: of rides paid online and in the car, kept of what was cancelled, taken back for refunds, put right by hand. */
const Amounts = z.object({
  online: z.coerce.number(),
  cash: z.coerce.number(),
  cancellations: z.coerce.number(),
  refunds: z.coerce.number(),
  corrections: z.coerce.number(),
})
const items = Object.keys(Amounts.shape)

const EarningsRow = Amounts.extend({
  /** The first day of the period in India. */
  period: z.string(),
  rideCount: z.coerce.number(),
  rides: z.array(
    Amounts.extend({
      rideId: z.string(),
      departsAt: z.coerce.date(),
      from: z.string().nullable(),
      to: z.string().nullable(),
      bookings: z.number(),
    }),
  ),
})
export type EarningsRow = z.infer<typeof EarningsRow>

export interface EarningsPage {
  driverId: string
  by: EarningPeriod
  /** Unix milliseconds. */
  span: Partial<Span>
  limit: number
  /** Of the staff, if it is not the driver who asks. */
  staffId: string | null
}

const sumsOf = (amount: (item: string) => SQL) =>
  sql.join(
    items.map((item) => sql`${amount(item)} as ${sql.identifier(item)}`),
    sql`, `,
  )

/**
 * What a driver earned, by day, week or month in India, newest first, without periods in which nothing was. What goes
 * through the wallet counts when it was posted there, cash when its ride ended. That the staff looked is on record.
 */
export function loadEarnings(db: Db, page: EarningsPage, now: Date): Promise<EarningsRow[]> {
  const { driverId, by, span, limit, staffId } = page
  const [from, to] = [span.from ?? '-infinity', span.to ?? 'infinity'].map((end) =>
    typeof end === 'number' ? new Date(end) : end,
  )
  const during = (at: string) =>
    sql`${sql.raw(at)} >= ${from}::timestamptz and ${sql.raw(at)} < ${to}::timestamptz`
  return readRows(
    db,
    sql`with ${recordLook(driverId, staffId, sql`jsonb_build_object('by', ${by}::text)`, now)} money as (
        select entry.at, booking.ride_id, booking.id as booking_id, entry.amount,
          case when posted.kind = 'correction' then 'corrections' when posted.kind <> 'settlement' then 'refunds'
            when booking.state = 'completed' then 'online' else 'cancellations' end as item
        from ledger_entries entry
        join ledger_transactions posted on posted.id = entry.transaction_id
          and posted.kind in ('settlement', 'refund', 'refund_failed', 'correction')
        left join bookings booking on booking.id = posted.booking_id
        where entry.owner_id = ${driverId} and entry.account = 'driver' and ${during('entry.at')}
        union all
        select ride.ended_at, ride.id, booking.id, booking.fare_amount, 'cash'
        from rides ride join bookings booking on booking.ride_id = ride.id
        where ride.driver_id = ${driverId} and ${during('ride.ended_at')}
          and booking.state = 'completed' and booking.pay_with = 'cash' and booking.fare_amount > 0
      ), of_ride as (
        select date_trunc(${by}, at at time zone ${INDIAN_ZONE})::date as period, ride_id,
          count(distinct booking_id) as bookings,
          ${sumsOf((item) => sql`coalesce(sum(amount) filter (where item = ${item}), 0)`)}
        from money group by period, ride_id
      )
      select period::text, count(ride_id) as "rideCount", ${sumsOf((item) => sql`sum(${sql.identifier(item)})`)},
        (select coalesce(jsonb_agg(to_jsonb(shown) order by shown."departsAt" desc, shown."rideId"), '[]') from (
          select ride_id as "rideId", ride.departs_at as "departsAt", one.bookings, ${sumsOf((item) => sql`one.${sql.identifier(item)}`)},
            ${endOf('asc')} as from, ${endOf('desc')} as to
          from of_ride one join rides ride on ride.id = one.ride_id
          where one.period = of_ride.period order by ride.departs_at desc, ride_id limit ${RIDES_SHOWN}
        ) shown) as rides
      from of_ride group by period order by period desc limit ${limit}`,
    EarningsRow,
  )
}

const endOf = (order: 'asc' | 'desc') =>
  sql`(select name from route_stops where route_id = ride.route_id order by position ${sql.raw(order)} limit 1)`
