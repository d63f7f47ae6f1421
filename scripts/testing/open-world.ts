import { afterAll, vi } from 'vitest'
import { type Db, openDb } from '../../db/client.ts'
import { signIn } from '../../db/queries/auth/sign-in.ts'
import { saveDriver } from '../../db/queries/drivers/driver-profile.ts'
import { type NewRoute, publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { createVehicle } from '../../db/queries/vehicles/vehicles.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { LOCAL_DATABASE_URL } from '../../packages/local-cloud/local-settings.ts'
import type { OpenQuote } from '../../packages/quotes/quote.ts'
import { MIN_NOTICE_MS } from '../../packages/routes/notice.ts'
import { planRides } from '../../packages/routes/plan-rides.ts'
import { planRoute } from '../../packages/routes/plan-route.ts'
import type { Pattern } from '../../packages/schedules/pattern.ts'
import { departuresAhead } from '../../packages/schedules/rides-ahead.ts'
import { migratedDump } from '../system/migrated-dump.ts'
import { createRealDatabase } from './create-real-database.ts'

const TIMEOUT_MS = 20_000

/**
 * A migrated database for one test file, through the driver that the Worker uses; gone when its tests are done. With
 * TEST_DATABASE_URL it is a database of its own on that server.
 */
export async function openWorld(): Promise<Db> {
  const server = process.env['TEST_DATABASE_URL']
  const database = server
    ? await createRealDatabase(server)
    : await startDatabase({ dump: await migratedDump(() => undefined) })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => database.fetch(new Request(url, init)))
  afterAll(async () => {
    await database.close()
    vi.unstubAllGlobals()
  })
  return openDb(LOCAL_DATABASE_URL, TIMEOUT_MS)
}

let people = 0

/** Signs somebody in; returns their id. */
export async function newPerson(db: Db, now: Date): Promise<string> {
  const person = await signIn(db, {
    phone: `+9198${String(++people).padStart(8, '0')}`,
    newUserId: uuidv7(),
    sessionId: uuidv7(),
    deviceName: null,
    refreshHash: uuidv7(),
    now,
    expiresAt: new Date(now.getTime() + 3600_000),
  })
  if (!person) throw new Error('nobody signed in')
  return person.id
}

/** A driver with a car that has so many seats. */
export async function newDriver(
  db: Db,
  now: Date,
  seats: number,
): Promise<{ driverId: string; vehicleId: string }> {
  const driverId = await newPerson(db, now)
  await saveDriver(db, { userId: driverId, name: 'Asha', bio: null, now })
  const vehicleId = uuidv7()
  const car = {
    make: 'Maruti',
    model: 'Ertiga',
    year: 2024,
    colour: 'white',
    kind: 'suv',
    fuel: 'cng',
    seats,
  } as const
  const vehicle = { ...car, id: vehicleId, driverId, features: [], plate: `KA01${people}`, createdAt: now }
  await createVehicle(db, vehicle)
  return { driverId, vehicleId }
}

/** A route from Bengaluru by Mandya to Mysuru, with approval, before it is published: with a single ride, or of every week. */
export function draftRoute(
  now: Date,
  when: { departsAt: Date } | { schedule: Pattern },
  more: Partial<Pick<NewRoute, 'seats' | 'notes'>> = {},
): NewRoute {
  const { metres: _metres, seconds: _seconds, ...way } = planRoute(stops)
  const departures =
    'schedule' in when
      ? departuresAhead(when.schedule, now.getTime(), MIN_NOTICE_MS)
      : [{ day: null, departsAt: when.departsAt.getTime() }]
  return {
    ...{ ...way, id: uuidv7(), seats: 1, pricePerSeat: 30_000, currency: 'INR', bookingMode: 'approval' },
    ...{
      notes: null,
      luggage: 'medium',
      womenOnly: false,
      cashAccepted: true,
      detourSeconds: 0,
      amenities: null,
      returnOf: null,
    },
    schedule: 'schedule' in when ? when.schedule : null,
    rides: planRides(way, departures, now.getTime()),
    ...more,
  }
}

/** Publishes that route with a ride a day ahead; returns the ride's id. */
export async function newRide(db: Db, now: Date, seats: number): Promise<{ rideId: string; driverId: string }> {
  const driver = await newDriver(db, now, seats)
  const route = draftRoute(now, { departsAt: new Date(now.getTime() + 24 * 3600_000) }, { seats })
  await publishRoutes(db, { ...driver, papers: [], routes: [route] }, now)
  const [ride] = route.rides
  if (!ride) throw new Error('no ride')
  return { rideId: ride.id, driverId: driver.driverId }
}

const stops = [
  { name: 'Bengaluru', position: { lat: 12.9716, lng: 77.5946 } },
  { name: 'Mandya', position: { lat: 12.5218, lng: 76.8951 } },
  { name: 'Mysuru', position: { lat: 12.2958, lng: 76.6394 } },
]

/** A quote as it would be brought back, without asking the search for one. */
export function quoteOf({
  now,
  departsAt,
  ...given
}: Pick<OpenQuote, 'rideId' | 'passengerId' | 'legFrom' | 'legTo'> & {
  seats?: number
  departsAt: Date
  now: Date
}): OpenQuote {
  const start = departsAt.getTime()
  return {
    ...{ id: uuidv7(now.getTime()), seats: 1, fareAmount: 30_000, currency: 'INR', ...given },
    ...{ issuedAt: now.getTime(), departsAt: start },
    pickup: { lat: 12.9, lng: 77.5, at: start },
    dropoff: { lat: 12.3, lng: 76.7, at: start + 3600_000 },
  }
}
