import { vi } from 'vitest'
import { type Db, openDb } from '../../db/client.ts'
import { signIn } from '../../db/queries/auth/sign-in.ts'
import { saveDriver } from '../../db/queries/drivers/driver-profile.ts'
import { publishRoute } from '../../db/queries/routes/publish-route.ts'
import { createVehicle } from '../../db/queries/vehicles/vehicles.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { startDatabase } from '../../packages/local-cloud/database/start-database.ts'
import { LOCAL_DATABASE_URL } from '../../packages/local-cloud/local-settings.ts'
import { planRoute } from '../../packages/routes/plan-route.ts'
import { migratedDump } from '../system/migrated-dump.ts'

const TIMEOUT_MS = 20_000

/** A migrated database of its own, through the driver that the Worker uses. */
export async function openWorld(): Promise<{ db: Db; close(): Promise<void> }> {
  const database = await startDatabase({ dump: await migratedDump(() => undefined) })
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => database.fetch(new Request(url, init)))
  return { db: openDb(LOCAL_DATABASE_URL, TIMEOUT_MS), close: () => database.close() }
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

/** A ride from Bengaluru by Mandya to Mysuru, with approval, a day ahead; returns its id. */
export async function newRide(db: Db, now: Date, seats: number): Promise<{ rideId: string; driverId: string }> {
  const driverId = await newPerson(db, now)
  await saveDriver(db, { userId: driverId, name: 'Asha', bio: null, now })
  const vehicleId = uuidv7()
  const car = { make: 'Maruti', model: 'Ertiga', year: 2024, colour: 'white', fuel: 'cng', seats } as const
  await createVehicle(db, { ...car, id: vehicleId, driverId, plate: `KA01${people}`, createdAt: now })
  const plan = planRoute(stops)
  const departsAt = new Date(now.getTime() + 24 * 3600_000)
  const ride = { id: uuidv7(), departsAt, arrivesAt: new Date(departsAt.getTime() + plan.seconds * 1000) }
  const offer = { pricePerSeat: 30_000, currency: 'INR', bookingMode: 'approval', notes: null } as const
  await publishRoute(db, { ...plan, ...offer, id: uuidv7(), driverId, vehicleId, seats, ride }, now)
  return { rideId: ride.id, driverId }
}

const stops = [
  { name: 'Bengaluru', position: { lat: 12.9716, lng: 77.5946 } },
  { name: 'Mandya', position: { lat: 12.5218, lng: 76.8951 } },
  { name: 'Mysuru', position: { lat: 12.2958, lng: 76.6394 } },
]
