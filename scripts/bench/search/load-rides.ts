import type { Client } from 'pg'
import { type BenchRide, NOW } from './generate-rides.ts'

/** Rides of one statement. */
const BATCH = 2_000
/** A driver has so many rides, a car one driver. */
const RIDES_PER_DRIVER = 10

const INDEXES = {
  ride_corridors_keys_idx: 'ride_corridors using gin (keys) with (fastupdate = false)',
  ride_corridors_departs_idx: 'ride_corridors (departs_at)',
  routes_path_idx: 'routes using gist (path) where archived_at is null',
  bench_paths_idx: 'bench_paths using gist (path, departs_at)',
} as const
export type Index = keyof typeof INDEXES

/**
 * Lets the tables be filled in bulk: no foreign keys are checked, drivers may be in many rides at once, and the
 * indexes that are compared are built when the rows are there. `bench_paths` is the table of the method with an index
 * on path and departure, which needs the path beside the departure, once a ride.
 */
export async function prepareTables(client: Client): Promise<void> {
  await client.query(`
    set session_replication_role = replica;
    set maintenance_work_mem = '1GB';
    alter table rides drop constraint rides_driver_overlap;
    create table bench_paths (ride_id uuid primary key, route_id uuid, path geography, departs_at timestamptz(3), arrives_at timestamptz(3))`)
}

/** Adds the rides with these numbers to tables without the indexes that are compared. */
export async function loadRides(
  client: Client,
  { from, to, generate }: { from: number; to: number; generate: (number: number) => BenchRide },
  onProgress: (rides: number) => void,
): Promise<void> {
  for (const name of Object.keys(INDEXES)) await client.query(`drop index if exists ${name}`)
  await addDrivers(client, Math.floor(from / RIDES_PER_DRIVER), Math.ceil(to / RIDES_PER_DRIVER))
  let sent: Promise<unknown> = Promise.resolve()
  for (let start = from; start < to; start += BATCH) {
    const rides = Array.from({ length: Math.min(BATCH, to - start) }, (_, k) => generate(start + k))
    // The next rides are made while the server takes these.
    await sent
    sent = addRides(client, rides)
    onProgress(start + rides.length)
  }
  await sent
  await client.query('vacuum analyze')
}

/** Builds the indexes; returns the seconds that each took and its bytes. */
export async function buildIndexes(client: Client): Promise<Record<Index, { seconds: number; bytes: number }>> {
  const build = async (name: Index) => {
    const start = performance.now()
    await client.query(`create index ${name} on ${INDEXES[name]}`)
    const seconds = (performance.now() - start) / 1000
    const { rows } = await client.query<{ bytes: string }>(`select pg_relation_size('${name}') as bytes`)
    return { seconds, bytes: Number(rows[0]?.bytes) }
  }
  const built = {
    ride_corridors_keys_idx: await build('ride_corridors_keys_idx'),
    ride_corridors_departs_idx: await build('ride_corridors_departs_idx'),
    routes_path_idx: await build('routes_path_idx'),
    bench_paths_idx: await build('bench_paths_idx'),
  }
  await client.query('vacuum analyze')
  return built
}

async function addDrivers(client: Client, from: number, to: number): Promise<void> {
  const range = `generate_series(${from}, ${to - 1}) n`
  const at = `'${new Date(NOW).toISOString()}'`
  await client.query(`
    insert into users (id, phone, name, language, created_at, updated_at)
      select md5('u' || n)::uuid, '+91' || (7000000000 + n), 'Person ' || n, 'hi', ${at}, ${at} from ${range};
    insert into drivers (user_id, online, created_at, updated_at)
      select md5('u' || n)::uuid, false, ${at}, ${at} from ${range};
    insert into vehicles (id, driver_id, make, model, year, plate, colour, fuel, seats, active, created_at)
      select md5('v' || n)::uuid, md5('u' || n)::uuid, 'Tata', 'Nexon', 2024, 'KA01ZZ' || n, 'white', 'petrol', 4, true, ${at}
      from ${range}`)
}

async function addRides(client: Client, rides: readonly BenchRide[]): Promise<void> {
  const numbers = rides.map(({ number }) => number)
  const rows = JSON.stringify(
    rides.map(({ number, plan, ride }) => ({
      n: number,
      driver: Math.floor(number / RIDES_PER_DRIVER),
      polyline: plan.polyline,
      metres: `{${plan.vertexMetres.join(',')}}`,
      seconds: `{${plan.vertexSeconds.join(',')}}`,
      departs: new Date(ride.departsAt),
      arrives: new Date(ride.departsAt + plan.seconds * 1000),
      stops: plan.stops,
    })),
  )
  await client.query(
    'create temporary table if not exists batch (n int, driver int, polyline text, metres int[], seconds int[], departs timestamptz, arrives timestamptz, stops jsonb)',
  )
  await client.query('truncate batch')
  await client.query(
    `insert into batch select * from jsonb_to_recordset($1::jsonb) as (n int, driver int, polyline text, metres int[],
      seconds int[], departs timestamptz, arrives timestamptz, stops jsonb)`,
    [rows],
  )
  const at = `'${new Date(NOW).toISOString()}'::timestamptz`
  const ride = `md5('d' || n)::uuid`
  const route = `md5('r' || n)::uuid`
  const people = `md5('u' || driver)::uuid, md5('v' || driver)::uuid`
  await client.query(`
    insert into routes (id, driver_id, vehicle_id, seats, price_per_seat, booking_mode, path, path_source, polyline,
        vertex_metres, vertex_seconds, created_at)
      select ${route}, ${people}, 3, 40000, 'instant', ST_LineFromEncodedPolyline(polyline)::geography, 'great_circle',
        polyline, metres, seconds, ${at} from batch;
    insert into route_stops (route_id, position, name, lat, lng, vertex)
      select ${route}, stop.position - 1, stop.value->>'name', (stop.value->>'lat')::float8, (stop.value->>'lng')::float8,
        (stop.value->>'vertex')::int
      from batch, jsonb_array_elements(stops) with ordinality stop (value, position);
    insert into rides (id, route_id, driver_id, vehicle_id, departs_at, arrives_at, status, created_at)
      select ${ride}, ${route}, ${people}, departs, arrives, 'scheduled', ${at} from batch;
    insert into ride_legs (ride_id, leg, capacity)
      select ${ride}, leg, 3 from batch, generate_series(0, jsonb_array_length(stops) - 2) leg;
    insert into bench_paths (ride_id, route_id, path, departs_at, arrives_at)
      select ${ride}, ${route}, ST_LineFromEncodedPolyline(polyline)::geography, departs, arrives from batch`)
  await client.query(
    `insert into ride_corridors (ride_id, route_id, departs_at, arrives_at, keys)
      select ${ride}, ${route}, departs, arrives, line.keys::bigint[]
      from unnest($1::int[], $2::text[]) line (number, keys) join batch on n = line.number`,
    [numbers, rides.map(({ keys }) => `{${keys.join(',')}}`)],
  )
}
