import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { loadProfile, saveProfile } from '../../db/queries/auth/profile.ts'
import { loadWomenOnlyUse } from '../../db/queries/auth/women-only-use.ts'
import { blockPerson, unblockPerson } from '../../db/queries/blocks/blocks.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { loadUnsettledRides, settleRide } from '../../db/queries/waitlist/settle-ride.ts'
import { newPeople, newRide, quoteFor } from '../storms/new-ride.ts'
import { act, book, lineUp } from '../storms/perform.ts'
import { openWorld } from './open-world.ts'

const start = Date.parse('2026-12-01T06:00:00Z')
const at = (ms: number) => new Date(start + ms)
const HOUR_MS = 3600_000
const whole = { legFrom: 0, legTo: 2, seats: 1 }

const db = await openWorld()

const setGender = (userId: string, gender: 'female' | 'male' | null) =>
  saveProfile(db, userId, { gender }, at(0))

/** A ride for women with one seat, and women who may want it. */
async function rideForWomen(women: number) {
  const ride = await newRide(
    db,
    { bookingMode: 'instant', legs: 2, capacity: 1, departsAt: at(5 * HOUR_MS) },
    at(0),
  )
  const people = await newPeople(db, women, at(0))
  for (const id of [ride.driverId, ...people]) await setGender(id, 'female')
  await db.execute(
    sql`update routes set women_only = true where id = (select route_id from rides where id = ${ride.rideId})`,
  )
  const quote = (id: string) => quoteFor(ride, id, whole, at(0))
  return { ride, people, quote }
}

const genderOf = async (id: string) => (await loadProfile(db, id))?.gender

test('a woman on a ride for women stays one until her booking is over', async () => {
  const { ride, people, quote } = await rideForWomen(1)
  const [passenger = ''] = people
  const booking = await book(db, quote(passenger), null, at(0))
  for (const gender of ['male', null] as const) expect(await setGender(passenger, gender)).toBeUndefined()
  expect(await genderOf(passenger)).toBe('female')
  expect(await loadWomenOnlyUse(db, passenger, at(0))).toEqual({ rides: true, drives: false })
  // What else she changes is her own affair.
  expect(await saveProfile(db, passenger, { name: 'Asha' }, at(0))).toMatchObject({
    name: 'Asha',
    gender: 'female',
  })
  expect(await setGender(passenger, 'female')).toBeDefined()
  await act(db, { bookingId: booking?.id ?? '', actorId: passenger, action: 'cancel' }, at(1))
  expect(await setGender(passenger, 'male')).toMatchObject({ gender: 'male' })
  expect(await book(db, quote(passenger), null, at(2))).toBeUndefined()

  expect(await setGender(ride.driverId, 'male')).toBeUndefined()
  expect(await loadWomenOnlyUse(db, ride.driverId, at(0))).toEqual({ rides: false, drives: true })
  await cancelRide(db, { rideId: ride.rideId, driverId: ride.driverId, now: at(3) })
  expect(await setGender(ride.driverId, 'male')).toMatchObject({ gender: 'male' })
})

test('who waits for one, and who drives one every week, stays one too', async () => {
  const { ride, people, quote } = await rideForWomen(2)
  const [holder = '', waiting = ''] = people
  await book(db, quote(holder), null, at(0))
  await lineUp(db, quote(waiting), at(0))
  expect(await setGender(waiting, 'male')).toBeUndefined()
  await cancelRide(db, { rideId: ride.rideId, driverId: ride.driverId, now: at(1) })
  expect(await setGender(waiting, 'male')).toBeDefined()
  await db.execute(sql`insert into route_schedules (route_id, weekdays, departs, valid_from)
    select route_id, '{1}', '08:00', '2026-12-01' from rides where id = ${ride.rideId}`)
  expect(await setGender(ride.driverId, 'male')).toBeUndefined()
})

test('on other rides everybody is what they say', async () => {
  const ride = await newRide(
    db,
    { bookingMode: 'instant', legs: 2, capacity: 1, departsAt: at(5 * HOUR_MS) },
    at(0),
  )
  const [passenger = ''] = await newPeople(db, 1, at(0))
  await setGender(passenger, 'female')
  await book(db, quoteFor(ride, passenger, whole, at(0)), null, at(0))
  for (const id of [passenger, ride.driverId])
    expect(await setGender(id, 'male')).toMatchObject({ gender: 'male' })
})

test('seats that come free are not offered to who has become a man, or was blocked', async () => {
  const { ride, people, quote } = await rideForWomen(4)
  const [holder = '', man = '', blocked = '', next = ''] = people
  const booking = await book(db, quote(holder), null, at(0))
  for (const [n, person] of [man, blocked, next].entries()) await lineUp(db, quote(person), at(n))
  // Past the guard of the profile, as a row that was there before it.
  await db.execute(sql`update users set gender = 'male' where id = ${man}`)
  await blockPerson(db, { blockerId: blocked, blockedId: ride.driverId }, at(4))
  await act(db, { bookingId: booking?.id ?? '', actorId: holder, action: 'cancel' }, at(5))
  expect(await loadUnsettledRides(db, at(6))).toContain(ride.rideId)
  expect(await settleRide(db, ride.rideId, at(6))).toBe(1)
  const { rows } = await db.execute(
    sql`select passenger_id from bookings where ride_id = ${ride.rideId} and state = 'offered'`,
  )
  expect(rows).toEqual([{ passenger_id: next }])
  // Nor do they keep others from free seats: nobody is unsettled for good.
  expect(await loadUnsettledRides(db, at(7))).not.toContain(ride.rideId)
  expect(await unblockPerson(db, { blockerId: blocked, blockedId: ride.driverId })).toBeDefined()
})
