import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRow } from '../../db/client.ts'
import { saveDriver } from '../../db/queries/drivers/driver-profile.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { saveSeatMap } from '../../db/queries/vehicles/seat-maps.ts'
import { createVehicle } from '../../db/queries/vehicles/vehicles.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { usualSeatMap } from '../../packages/seat-maps/usual-seat-map.ts'
import { draftRoute, newPerson, openWorld } from './open-world.ts'

const DAY_MS = 24 * 3600_000
const now = new Date('2026-12-01T06:00:00Z')
const db = await openWorld()

/** Publishes a ride so many days ahead; returns the version of the seat map it was made with. */
async function versionOfRide(driverId: string, vehicleId: string, days: number): Promise<number | null> {
  const route = draftRoute(now, { departsAt: new Date(now.getTime() + days * DAY_MS) })
  await publishRoutes(db, { driverId, vehicleId, papers: [], routes: [route] }, now)
  const Row = z.object({ version: z.number().nullable() })
  const row = await readRow(
    db,
    sql`select seat_map_version as version from rides where route_id = ${route.id}`,
    Row,
  )
  if (!row) throw new Error('The ride was not published')
  return row.version
}

test('a ride keeps the newest seat map of its vehicle at the time it was published', async () => {
  const [driverId, vehicleId] = [await newPerson(db, now), uuidv7()]
  await saveDriver(db, { userId: driverId, name: 'Asha', bio: null, now })
  const car = {
    make: 'Tata',
    model: 'Tiago',
    year: 2024,
    colour: 'white',
    kind: 'sedan',
    fuel: 'cng',
    seats: 4,
  } as const
  await createVehicle(db, {
    ...car,
    id: vehicleId,
    driverId,
    plate: 'KA01ZZ0001',
    features: [],
    createdAt: now,
  })
  const arrange = (capacity: number) =>
    saveSeatMap(db, { ...usualSeatMap('sedan', capacity), driverId, vehicleId, capacity }, now)

  const versions = [await versionOfRide(driverId, vehicleId, 1)]
  for (const [days, capacity] of [
    [2, 4],
    [3, 3],
    [4, 3],
  ] as const) {
    expect(await arrange(capacity)).toMatchObject({ vehicleId })
    versions.push(await versionOfRide(driverId, vehicleId, days))
  }
  expect(versions).toEqual([null, 1, 2, 2])
})
