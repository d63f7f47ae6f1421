import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { changePhone } from '../../db/queries/auth/change-phone.ts'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { exportAccount } from '../../db/queries/auth/export-account.ts'
import { loadProfile, saveProfile } from '../../db/queries/auth/profile.ts'
import { revokeReusedSession, rotateRefreshToken } from '../../db/queries/auth/rotate-refresh-token.ts'
import { signIn } from '../../db/queries/auth/sign-in.ts'
import { saveDriver } from '../../db/queries/drivers/driver-profile.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { createVehicle } from '../../db/queries/vehicles/vehicles.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { newPerson, newRide, openWorld } from './open-world.ts'
import { outboxSurroundings } from './surroundings.ts'

const now = new Date('2026-12-01T06:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)

const db = await openWorld()

/** Every row of every table as text. */
async function wholeDatabase(): Promise<string> {
  const tables = await db.execute<{ name: string }>(sql`select table_name as name from information_schema.tables
    where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'spatial_ref_sys'`)
  const texts = tables.rows.map(async ({ name }) => {
    const { rows } = await db.execute<{ row: string }>(
      sql`select t::text as row from ${sql.identifier(name)} t`,
    )
    return rows.map(({ row }) => row).join('\n')
  })
  return (await Promise.all(texts)).join('\n')
}

const count = async (table: string, where: ReturnType<typeof sql>) =>
  (await db.execute(sql`select 1 from ${sql.identifier(table)} where ${where}`)).rows.length

/** Signs a phone in with a refresh token that is known. */
async function arrive(phone: string, hash: string) {
  const entry = { phone, newUserId: uuidv7(), sessionId: uuidv7(), deviceName: 'Zubeidas Pixel' }
  const person = await signIn(db, { ...entry, refreshHash: hash, now, expiresAt: minutes(60) })
  return person && { ...person, sessionId: entry.sessionId }
}

const rotate = (hash: string, nextHash: string, at = now) =>
  rotateRefreshToken(db, { hash, nextHash, now: at, graceSince: at, expiresAt: minutes(120) })

test('of a deleted driver the rides stay, and nothing personal does', async () => {
  const { rideId, driverId } = await newRide(db, now, 3)
  const phone = (await loadProfile(db, driverId))?.phone ?? ''
  const secrets = [phone, 'Zubeida', 'zubeida@margwa.example', '+919700000001', 'KA51ZZ0001', 'speaks Dakhini']
  secrets.push('gate behind the mosque', 'sealed-number', 'AB12', 'a stored reply')
  await saveProfile(
    db,
    driverId,
    {
      name: 'Zubeida',
      email: 'zubeida@margwa.example',
      gender: 'female',
      trustedContacts: [{ name: 'Zubeida senior', phone: '+919700000001' }],
    },
    now,
  )
  const fileId = uuidv7()
  await db.execute(sql`update drivers set bio = 'speaks Dakhini', online = true where user_id = ${driverId}`)
  await db.execute(sql`update vehicles set plate = 'KA51ZZ0001' where driver_id = ${driverId}`)
  await db.execute(sql`update routes set notes = 'gate behind the mosque' where driver_id = ${driverId}`)
  await db.execute(sql`update sessions set device_name = 'Zubeidas Pixel' where user_id = ${driverId}`)
  await db.execute(sql`insert into files (id, owner_id, purpose, state, created_at)
    values (${fileId}, ${driverId}, 'driver_document', 'ready', ${now})`)
  await db.execute(sql`insert into documents (id, driver_id, kind, number_sealed, number_last4, state, file_id, created_at)
    values (${uuidv7()}, ${driverId}, 'identity', 'sealed-number', 'AB12', 'pending', ${fileId}, ${now})`)
  await db.execute(sql`insert into staff_roles values (${driverId}, 'finance', ${driverId}, ${now})`)
  await db.execute(sql`insert into idempotency_keys
    values (${driverId}, 'key', 'op', 'hash', ${now}, ${minutes(60)}, 200, 'a stored reply')`)
  const before = await wholeDatabase()
  for (const secret of secrets) expect(before).toContain(secret)
  expect((await exportAccount(db, driverId))?.documents).toMatchObject([{ number: '•••• AB12', fileId }])

  expect(await deleteAccount(db, driverId, now)).toEqual({ inUse: true, isOwed: false, sessionIds: [] })
  expect(await wholeDatabase()).toBe(before)
  await cancelRide(db, { rideId, driverId, now })
  expect(await deleteAccount(db, driverId, now)).toMatchObject({
    inUse: false,
    sessionIds: [expect.any(String)],
  })

  const after = await wholeDatabase()
  for (const secret of secrets) expect(after).not.toContain(secret)
  expect(await count('rides', sql`driver_id = ${driverId}`)).toBe(1)
  expect(await count('users', sql`id = ${driverId} and deleted_at = ${now} and gender is null`)).toBe(1)
  expect(await count('files', sql`id = ${fileId} and state = 'deleted' and deleted_at = ${now}`)).toBe(1)
  expect(await count('vehicles', sql`driver_id = ${driverId} and deleted_at is not null and not active`)).toBe(
    1,
  )
  expect(await count('routes', sql`driver_id = ${driverId} and archived_at is not null`)).toBe(1)
  expect(await count('drivers', sql`user_id = ${driverId} and not online`)).toBe(1)
  expect(await count('sessions', sql`user_id = ${driverId} and revoked_reason = 'deletion'`)).toBe(1)
  expect(await loadProfile(db, driverId)).toBeUndefined()
  expect(await exportAccount(db, driverId)).toBeUndefined()
  // Nor does a request come back that was under way.
  expect(await saveDriver(db, { userId: driverId, name: 'Zubeida', bio: null, now })).toBeUndefined()
  const car = { make: 'Maruti', model: 'Ertiga', year: 2024, colour: 'white', fuel: 'cng', seats: 3 } as const
  const vehicle = { ...car, kind: 'suv' as const, features: [], plate: 'KA51ZZ0001', createdAt: now }
  expect(await createVehicle(db, { ...vehicle, id: uuidv7(), driverId })).toBeUndefined()
  expect(await wholeDatabase()).toBe(after)
  // Done again it is nobody's.
  expect(await deleteAccount(db, driverId, now)).toBeUndefined()
})

test('of somebody to whom nothing refers no row is left', async () => {
  const person = await arrive('+919700000002', 'gone-1')
  const id = person?.id ?? ''
  await saveProfile(db, id, { trustedContacts: [{ name: 'Amma', phone: '+919700000003' }] }, now)
  expect(await deleteAccount(db, id, now)).toEqual({
    inUse: false,
    isOwed: false,
    sessionIds: [person?.sessionId],
  })
  // What says so to the person's hub goes with everything that was delivered.
  await drainOutbox(outboxSurroundings(db), () => now.getTime())
  await forgetOldRows(db, minutes(8 * 24 * 60))
  expect(await wholeDatabase()).not.toContain(id)
  expect((await arrive('+919700000002', 'gone-2'))?.id).not.toBe(id)
})

test('what refers to a person keeps the row', async () => {
  const [staff, granted] = [await newPerson(db, now), await newPerson(db, now)]
  await db.execute(sql`insert into staff_roles values (${granted}, 'reviewer', ${staff}, ${now})`)
  await db.execute(sql`insert into audit_events (actor_id, action, subject, details, at)
    values (${granted}, 'document.approve', ${uuidv7()}, '{}', ${now})`)
  for (const id of [staff, granted]) {
    expect(await deleteAccount(db, id, now)).toMatchObject({ inUse: false })
    expect(await count('users', sql`id = ${id} and phone is null and deleted_at is not null`)).toBe(1)
  }
})

test('a hold that has lapsed keeps no account, one that has not does', async () => {
  const { rideId } = await newRide(db, now, 3)
  const passengerId = await newPerson(db, now)
  await db.execute(sql`insert into bookings (id, quote_id, ride_id, passenger_id, seats, leg_from, leg_to, state,
      pickup_lat, pickup_lng, pickup_at, dropoff_lat, dropoff_lng, dropoff_at, fare_amount, currency, expires_at,
      created_at, updated_at)
    values (${uuidv7()}, ${uuidv7()}, ${rideId}, ${passengerId}, 1, 0, 1, 'pending', 1, 1, ${now}, 1, 1, ${now}, 1, 'INR',
      ${minutes(10)}, ${now}, ${now})`)
  expect(await deleteAccount(db, passengerId, minutes(9))).toMatchObject({ inUse: true })
  expect(await deleteAccount(db, passengerId, minutes(10))).toMatchObject({ inUse: false })
})

test('who is banned neither signs in, nor refreshes, nor changes the phone, nor shakes the ban off', async () => {
  const phone = '+919700000004'
  const person = await arrive(phone, 'banned-1')
  const id = person?.id ?? ''
  // Only the ban: that a ban also ends the sessions must not be what stops them.
  await db.execute(sql`update users set banned_at = ${now} where id = ${id}`)
  expect(await arrive(phone, 'banned-2')).toBeUndefined()
  expect(await rotate('banned-1', 'banned-3')).toBeUndefined()
  // The token was not used by that, so nobody copied it.
  expect(await revokeReusedSession(db, 'banned-1', now, now)).toBeUndefined()
  const change = { userId: id, from: phone, to: '+919700000005', now }
  expect(await changePhone(db, change)).toBeUndefined()
  expect(await deleteAccount(db, id, now)).toBeUndefined()
  await db.execute(sql`update users set banned_at = null where id = ${id}`)
  expect(await rotate('banned-1', 'banned-4')).toMatchObject({ id })
  expect(await changePhone(db, change)).toMatchObject({ phone: '+919700000005' })
})

test('a phone changes only from the one that its code was sent to', async () => {
  const person = await arrive('+919700000006', 'moved-1')
  const change = { userId: person?.id ?? '', from: '+919700000007', to: '+919700000008', now }
  expect(await changePhone(db, change)).toBeUndefined()
})
