import type { Client } from 'pg'
import type { BenchRide } from './generate-rides.ts'

const RIDES = 1_000

export interface PublishCost {
  keys: number
  /** Microseconds a ride: making its keys, and inserting its row with the indexes and without them. */
  keysMicros: number
  insertMicros: number
  bareInsertMicros: number
}

/** What being found costs a ride when it is published: one insert each, in one transaction that is rolled back. */
export async function publishCost(
  client: Client,
  generate: (number: number) => BenchRide,
  keysOf: (ride: BenchRide) => number[],
  from: number,
): Promise<PublishCost> {
  const rides = Array.from({ length: RIDES }, (_, k) => generate(from + k))
  const making = performance.now()
  const made = rides.map(keysOf)
  const keysMicros = ((performance.now() - making) * 1000) / RIDES
  await client.query('begin')
  await client.query(
    'create table bench_bare (ride_id uuid primary key, route_id uuid, departs_at timestamptz(3), arrives_at timestamptz(3), keys bigint[])',
  )
  await client.query('alter table bench_bare set (toast_tuple_target = 128)')
  const insert = async (table: string) => {
    const start = performance.now()
    for (const [k, { ride }] of rides.entries()) {
      await client.query(
        `insert into ${table} (ride_id, route_id, departs_at, arrives_at, keys)
          values (gen_random_uuid(), gen_random_uuid(), $1, $1, $2::bigint[])`,
        [new Date(ride.departsAt), `{${made[k]?.join(',')}}`],
      )
    }
    return ((performance.now() - start) * 1000) / RIDES
  }
  const bareInsertMicros = await insert('bench_bare')
  const insertMicros = await insert('ride_corridors')
  await client.query('rollback')
  return { keys: made.flat().length / RIDES, keysMicros, insertMicros, bareInsertMicros }
}
