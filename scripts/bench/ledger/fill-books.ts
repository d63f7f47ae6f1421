import type { Client } from 'pg'

/** People of the filled books. Driver 0 has one booking in forty: several thousand. */
export const DRIVERS = 2_000
const PASSENGERS = 40_000
/** What a booking that is paid and ridden posts: three entries for the capture, four for the settlement. */
const ENTRIES_PER_BOOKING = 7
/** Of all entries about so many are not of payouts. */
const BOOKING_SHARE = 0.93

/** SQL for the id of a driver by number. */
export const driverId = (n: number | string) => `md5('driver' || ${n})::uuid`

/**
 * Fills a migrated database with the books of a year that ends now, as many entries as wanted or a few more: rides that were
 * paid, driven and settled, and the payouts of each month at the beginning of the next. Guards are switched off
 * meanwhile; the nightly audit has to find them right.
 */
export async function fillBooks(client: Client, entries: number, now: Date): Promise<void> {
  const bookings = Math.ceil((entries * BOOKING_SHARE) / ENTRIES_PER_BOOKING)
  const end = `'${now.toISOString()}'::timestamptz`
  const driver = `(case when n % 40 = 0 then 0 else 1 + (n::bigint * 7919) % ${DRIVERS - 1} end)`
  await client.query(`set session_replication_role = replica;
    create function bench_id(at timestamptz, n bigint) returns uuid language sql immutable as $$
      select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '70008000' || lpad(to_hex(n), 12, '0'))::uuid $$;
    create table bench_bookings as
      select n, paid_at, paid_at + interval '6 hours' as ended_at, fare, net + round(net * 0.18)::int as fee,
        round(net * 0.18)::int as tax, md5('driver' || ${driver})::uuid as driver_id,
        md5('passenger' || (n::bigint * 104729) % ${PASSENGERS})::uuid as passenger_id,
        bench_id(paid_at, n * 10) as id, bench_id(paid_at, n * 10 + 1) as payment_id
      from (select n, ${end} - interval '1 day' - (${bookings} - n) * interval '1 year' / ${bookings} as paid_at,
        15000 + n * 37 % 45000 as fare, greatest(500, round((15000 + n * 37 % 45000) * 0.05))::int as net
        from generate_series(1, ${bookings}) n) each;
    insert into users (id, phone, name, created_at, updated_at)
      select md5('driver' || n)::uuid, '+9170' || lpad(n::text, 8, '0'), 'Driver ' || n, ${end}, ${end}
      from generate_series(0, ${DRIVERS - 1}) n;
    insert into drivers (user_id, created_at, updated_at) select id, ${end}, ${end} from users;
    insert into payout_methods (id, driver_id, kind, last_four, created_at) select id, id, 'upi', '@upi', ${end} from users;
    insert into routes (id, driver_id, vehicle_id, seats, price_per_seat, booking_mode, path, path_source, polyline,
        vertex_metres, vertex_seconds, created_at)
      select id, id, id, 4, 30000, 'instant', ST_GeogFromText('SRID=4326;LINESTRING(77.6 13, 77.7 13)'), 'great_circle',
        '_p~iF~ps|U', '{0,10000}', '{0,600}', ${end} from users;
    insert into route_stops (route_id, position, name, lat, lng, vertex)
      select id, stop, 'Stop ' || stop, 13, 77.6, stop from users, generate_series(0, 1) stop;
    insert into rides (id, route_id, driver_id, vehicle_id, departs_at, arrives_at, status, started_at, ended_at, created_at)
      select id, driver_id, driver_id, driver_id, paid_at, ended_at, 'completed', paid_at, ended_at, paid_at from bench_bookings;
    insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state, pickup_lat, pickup_lng, pickup_at,
        dropoff_lat, dropoff_lng, dropoff_at, fare_amount, fee_amount, pay_with, currency, created_at, updated_at)
      select id, id, id, passenger_id, 1, 0, 1, 'completed', 13, 77.6, paid_at, 13, 77.7, ended_at, fare, fee, 'online', 'INR',
        paid_at, ended_at from bench_bookings;
    insert into payments (id, order_id, booking_id, gateway_payment_id, amount, state, captured, captured_at, settled_at,
        created_at, updated_at)
      select payment_id, payment_id, id, 'pay_' || n, fare + fee, 'captured', fare + fee, paid_at, ended_at, paid_at, ended_at
      from bench_bookings`)
  await client.query(`
    insert into ledger_transactions (id, kind, reference, booking_id, at)
      select bench_id(posted.at, n * 10 + posted.step), posted.kind, payment_id, id, posted.at
      from bench_bookings, lateral (values (2, 'capture', paid_at), (3, 'settlement', ended_at)) posted (step, kind, at)
      order by posted.at;
    insert into ledger_entries (transaction_id, line, account, owner_id, currency, amount, available_at, at)
      select bench_id(line.at, n * 10 + line.step), line.line, line.account, line.owner_id, 'INR', line.amount, line.available_at, line.at
      from bench_bookings, lateral (values
        (2, 1, 'passenger', passenger_id, fare + fee, null, paid_at),
        (2, 2, 'gateway', null, (fare + fee) / 50 - fare - fee, null, paid_at),
        (2, 3, 'costs', null, -(fare + fee) / 50, null, paid_at),
        (3, 1, 'passenger', passenger_id, -fare - fee, null, ended_at),
        (3, 2, 'driver', driver_id, fare, ended_at + interval '1 day', ended_at),
        (3, 3, 'fee', null, fee - tax, null, ended_at),
        (3, 4, 'tax', null, tax, null, ended_at)
      ) line (step, line, account, owner_id, amount, available_at, at)
      order by line.at`)
  await client.query(`
    create table bench_payouts as
      select row_number() over (order by month, driver_id) as n, driver_id, amount, month + interval '1 month 3 days' as at
      from (select driver_id, date_trunc('month', ended_at) as month, sum(fare)::int as amount from bench_bookings
        group by driver_id, month) earned where month + interval '1 month 3 days' < ${end};
    insert into payouts (id, driver_id, method_id, amount, currency, state, rail, approvals_needed, requested_at, updated_at)
      select bench_id(at, n * 10 + 4), driver_id, driver_id, amount, 'INR', 'paid', 'manual', 0, at, at from bench_payouts;
    insert into ledger_transactions (id, kind, reference, at)
      select bench_id(at, n * 10 + step), kind, bench_id(at, n * 10 + 4), at
      from bench_payouts, (values (5, 'payout'), (6, 'payout_paid')) posted (step, kind);
    insert into ledger_entries (transaction_id, line, account, owner_id, currency, amount, at)
      select bench_id(at, n * 10 + line.step), line.line, line.account, line.owner_id, 'INR', line.amount, at
      from bench_payouts, lateral (values (5, 1, 'driver', driver_id, -amount), (5, 2, 'payouts', null, amount),
        (6, 1, 'payouts', null, -amount), (6, 2, 'bank', null, amount)) line (step, line, account, owner_id, amount);
    insert into ledger_balances (account, owner_id, currency, balance)
      select account, owner_id, currency, sum(amount) from ledger_entries where owner_id is not null group by 1, 2, 3;
    drop table bench_bookings, bench_payouts;
    set session_replication_role = origin`)
  await client.query('vacuum analyze')
}
