import { Pool } from '@neondatabase/serverless'
import { expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { projectPath } from '../system/project.ts'
import { withNeonSocket } from '../system/serve-neon.ts'
import { generateSeed } from './generate-seed.ts'
import { SEED, seed } from './insert-seed.ts'

const URL_OF_NEON = 'postgres://user:password@ep-test.neon.tech/app'
const HOUR = 3600_000
const now = Date.UTC(2026, 10, 20, 4, 30)
const tomorrow = now + 24 * HOUR

/** A digest of all rows. */
const CONTENT = `select md5(string_agg(row::text, '|' order by row::text)) as content from (
    select to_jsonb(users) from users union all select to_jsonb(rides) from rides
    union all select to_jsonb(ride_legs) from ride_legs union all select to_jsonb(bookings) from bookings
    union all select to_jsonb(routes) - 'path' from routes) as row`

const MISCOUNTED = `select count(*)::int as legs from ride_legs
  where taken <> (select coalesce(sum(seats), 0) from bookings
    where bookings.ride_id = ride_legs.ride_id and leg >= leg_from and leg < leg_to
      and state in ('pending', 'confirmed', 'boarded'))`

/** One driver is busy the whole day that tomorrow brings into sight. */
const BUSY_DRIVER = `insert into rides (id, route_id, driver_id, vehicle_id, departs_at, arrives_at, status, created_at)
  select gen_random_uuid(), route_id, driver_id, vehicle_id, '2026-12-03T18:30Z', '2026-12-04T18:30Z', 'scheduled', created_at
  from rides order by id limit 1 returning driver_id`

async function onEmptyDatabase(work: (pool: Pool) => Promise<void>): Promise<void> {
  const database = await startDatabase({})
  try {
    await withNeonSocket(database, async () => {
      await migrate(URL_OF_NEON, projectPath('migrations'))
      const pool = new Pool({ connectionString: URL_OF_NEON, max: 1 })
      try {
        await work(pool)
      } finally {
        await pool.end()
      }
    })
  } finally {
    await database.close()
  }
}

test('the seed goes in whole or not at all, once, and what people did stays', async () => {
  await onEmptyDatabase(async (pool) => {
    const ask = async (text: string): Promise<unknown> => (await pool.query(text)).rows
    const data = generateSeed(SEED, now)

    await pool.query(`insert into users (id, phone, created_at, updated_at)
      values (gen_random_uuid(), '+917000000000', now(), now())`)
    const refused = seed(URL_OF_NEON, new Date(now))
    await expect(refused).rejects.toMatchObject({ cause: { constraint: 'users_phone_key' } })
    expect(await ask('select count(*)::int as users from users')).toEqual([{ users: 1 }])
    await pool.query('delete from users')

    const steps: string[] = []
    const first = await seed(URL_OF_NEON, new Date(now), (step) => steps.push(step))
    expect(first).toEqual({
      users: data.users.length,
      drivers: data.drivers.length,
      vehicles: data.vehicles.length,
      documents: data.documents.length,
      routes: data.routes.length,
      route_stops: data.routeStops.length,
      rides: data.rides.length,
      ride_legs: data.rideLegs.length,
      ride_corridors: data.rides.length,
      bookings: data.bookings.length,
    })
    expect(steps).toContain('adding rides')
    expect(await ask(MISCOUNTED)).toEqual([{ legs: 0 }])

    await pool.query(`update users set name = 'Somebody else' where phone = '+917000000000'`)
    const content = await ask(CONTENT)
    const second = await seed(URL_OF_NEON, new Date(now + HOUR))
    expect(Object.values(second).every((count) => count === 0)).toBe(true)
    expect(await ask(CONTENT)).toEqual(content)

    const { rows } = await pool.query<{ driver_id: string }>(BUSY_DRIVER)
    const third = await seed(URL_OF_NEON, new Date(tomorrow))
    const known = new Set(data.rides.map((ride) => ride.id))
    const added = generateSeed(SEED, tomorrow).rides.filter((ride) => !known.has(ride.id))
    const possible = added.filter((ride) => ride.driverId !== rows[0]?.driver_id)
    expect(possible.length).toBeLessThan(added.length)
    expect(third).toMatchObject({ users: 0, routes: 0, route_stops: 0, rides: possible.length })
    expect(await ask(MISCOUNTED)).toEqual([{ legs: 0 }])
  })
}, 60_000)
