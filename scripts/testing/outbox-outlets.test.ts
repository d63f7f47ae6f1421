import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { setOnline } from '../../db/queries/drivers/set-online.ts'
import { takeOffline } from '../../db/queries/presence/take-offline.ts'
import { startRide } from '../../db/queries/rides/change-ride.ts'
import type { UserEvent } from '../../packages/protocol/user-event.ts'
import { drainOutbox, GIVE_UP, GIVE_UP_UNKNOWN } from '../../workers/events/drain-outbox.ts'
import { type Outlet, outlets } from '../../workers/events/outlets.ts'
import { newDriver, newPerson, newRide, openWorld } from './open-world.ts'
import { type OutboxStage, outboxSurroundings } from './surroundings.ts'

const start = new Date('2026-12-01T06:00:00Z')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)
/** Beyond every lease. */
const HOUR = 3601

const db = await openWorld()

async function write(topic: string, subject: string, payload: object = {}, at = start): Promise<string> {
  const rows = await readRows(
    db,
    sql`insert into outbox (topic, subject, payload, created_at, available_at)
      values (${topic}, ${subject}, ${JSON.stringify(payload)}::jsonb, ${at}, ${at}) returning id`,
    z.object({ id: z.string() }),
  )
  return rows[0]?.id ?? ''
}

const rowOf = async (id: string) => {
  const Row = z.object({
    attempts: z.number(),
    delivered: z.boolean(),
    parked: z.boolean(),
    lastError: z.string().nullable(),
  })
  const rows = await readRows(
    db,
    sql`select attempts, delivered_at is not null as delivered, parked_at is not null as parked, last_error as "lastError"
      from outbox where id = ${id}`,
    Row,
  )
  return rows[0]
}

/** An outlet of that topic which takes what its list of answers says, drain by drain: all, nothing, or it breaks. */
function outlet(topics: readonly string[], answers: readonly ('all' | 'none' | 'breaks')[]) {
  const heard: string[][] = []
  const value: Outlet = {
    takes: (topic) => topics.includes(topic),
    hand: async (_, rows) => {
      const answer = answers[heard.length] ?? 'all'
      heard.push(rows.map(({ id }) => id))
      if (answer === 'breaks') throw new Error('outlet broke')
      return answer === 'all' ? rows.map(({ id }) => id) : []
    },
  }
  return { ...value, heard }
}

async function drain(now: Date, ways?: readonly Outlet[], stage: OutboxStage = {}) {
  const surroundings = outboxSurroundings(db, stage)
  return { delivered: await drainOutbox(surroundings, () => now.getTime(), ways), soon: surroundings.soon }
}

const subject = crypto.randomUUID()

test('an event that goes two ways is delivered when both have taken it, and comes again for both until then', async () => {
  const id = await write('t.both', subject)
  const [one, two] = [outlet(['t.both'], []), outlet(['t.both'], ['none', 'breaks'])]
  expect(await drain(later(0), [one, two])).toEqual({ delivered: 0, soon: [31] })
  expect(await drain(later(HOUR), [one, two])).toEqual({ delivered: 0, soon: [31] })
  expect(await drain(later(2 * HOUR), [one, two])).toEqual({ delivered: 1, soon: [] })
  expect([one.heard, two.heard]).toEqual([
    [[id], [id], [id]],
    [[id], [id], [id]],
  ])
  expect(await rowOf(id)).toMatchObject({ attempts: 3, delivered: true })
  expect(await drain(later(4 * HOUR), [one, two])).toEqual({ delivered: 0, soon: [] })
})

test('an outlet that breaks, or is slow, holds up only the events that go through it', async () => {
  const [mine, shared, other] = [
    await write('t.a', subject),
    await write('t.ab', subject),
    await write('t.b', subject),
  ]
  const done = Promise.withResolvers<void>()
  const slow: Outlet = { takes: (topic) => topic !== 't.b', hand: async () => done.promise.then(() => []) }
  const quick = outlet(['t.ab', 't.b'], [])
  const drained = drain(later(0), [slow, quick])
  await vi.waitFor(async () => expect(await rowOf(other)).toMatchObject({ delivered: true }))
  expect(await rowOf(shared)).toMatchObject({ delivered: false })
  done.resolve()
  expect(await drained).toMatchObject({ delivered: 1 })
  const error = vi.fn<(message: string) => void>()
  const log = { info: () => undefined, warn: () => undefined, error }
  expect(await drain(later(HOUR), [outlet(['t.a', 't.ab'], ['breaks']), quick], { log })).toMatchObject({
    delivered: 0,
  })
  expect(error).toHaveBeenCalledWith('outlet failed', expect.objectContaining({ topics: ['t.a', 't.ab'] }))
  expect(await drain(later(3 * HOUR), [outlet(['t.a', 't.ab'], []), quick])).toMatchObject({ delivered: 2 })
  expect(await rowOf(mine)).toMatchObject({ delivered: true })
})

test('an outlet that names what it was not given delivers nothing by it', async () => {
  const id = await write('t.own', subject)
  const liar: Outlet = { takes: (topic) => topic === 't.none', hand: async () => [id] }
  const none = outlet(['t.own'], ['none'])
  expect(await drain(later(0), [none, liar])).toMatchObject({ delivered: 0 })
  expect(await drain(later(HOUR), [none, liar])).toMatchObject({ delivered: 1 })
})

test('a process that ends between its outlets leaves the event for the next', async () => {
  const id = await write('t.both', subject)
  const [one, two] = [outlet(['t.both'], []), outlet(['t.both'], [])]
  const never: Outlet = { takes: (topic) => two.takes(topic), hand: () => new Promise(() => undefined) }
  void drain(later(0), [one, never])
  await vi.waitFor(() => expect(one.heard).toEqual([[id]]))
  expect(await rowOf(id)).toMatchObject({ delivered: false })
  expect(await drain(later(HOUR), [one, two])).toMatchObject({ delivered: 1 })
  expect(two.heard).toEqual([[id]])
})

test('an event that nobody takes is said so each time, and parked after a while: not lost, and not tried for ever', async () => {
  const id = await write('t.unheard', subject)
  const error = vi.fn<(message: string) => void>()
  const log = { info: () => undefined, warn: () => undefined, error }
  for (let n = 1; n < GIVE_UP_UNKNOWN.attempts; n++) {
    expect(await drain(later(n * HOUR), [], { log })).toEqual({ delivered: 0, soon: [31] })
  }
  expect(error.mock.calls.map(([message]) => message)).toEqual(
    Array.from({ length: 4 }, () => 'event that nobody takes'),
  )
  expect(await drain(later(5 * HOUR), [], { log })).toEqual({ delivered: 0, soon: [] })
  expect(error).toHaveBeenLastCalledWith('event parked', expect.objectContaining({ id, topic: 't.unheard' }))
  expect(await rowOf(id)).toMatchObject({ parked: true, delivered: false })
  expect(await drain(later(50 * HOUR), [])).toEqual({ delivered: 0, soon: [] })
  expect(await rowOf(id)).toMatchObject({ attempts: GIVE_UP_UNKNOWN.attempts })
})

test('an event that never arrives is parked after a day and forty tries, not before', async () => {
  const id = await write('t.never', subject)
  const deaf = outlet(
    ['t.never'],
    Array.from({ length: 20 }, () => 'none'),
  )
  const tried = (attempts: number) => db.execute(sql`update outbox set attempts = ${attempts} where id = ${id}`)
  await tried(GIVE_UP.attempts)
  await drain(later(HOUR), [deaf])
  expect(await rowOf(id)).toMatchObject({ parked: false })
  await tried(GIVE_UP.attempts - 2)
  await drain(later(GIVE_UP.afterMs / 1000), [deaf])
  expect(await rowOf(id)).toMatchObject({ attempts: GIVE_UP.attempts - 1, parked: false })
  await drain(later(GIVE_UP.afterMs / 1000 + HOUR), [deaf])
  expect(await rowOf(id)).toMatchObject({ parked: true, lastError: 'not delivered after 40 tries or more' })
})

test('a hub that cannot be reached holds up only its own events; who has them gets them again by the same id', async () => {
  const ride = await newRide(db, start, 2)
  const other = await newRide(db, start, 2)
  const passengerId = await newPerson(db, start)
  const payload = { bookingId: crypto.randomUUID(), passengerId, state: 'pending' }
  const [mine, theirs] = [
    await write('booking.new', ride.rideId, payload),
    await write('ride.updated', other.rideId, { status: 'started' }),
  ]
  const gone = await write('ride.updated', crypto.randomUUID(), { status: 'started' })
  const poison = await write('booking.updated', ride.rideId, { bookingId: 1 })
  const told: [string, UserEvent][] = []
  const away = new Set([passengerId])
  const tellUser = async (userId: string, events: readonly UserEvent[]) => {
    if (away.has(userId)) throw new Error('silence')
    told.push(...events.map((event): [string, UserEvent] => [userId, event]))
    return false
  }
  const live = { tellUser, announce: async () => undefined }
  const ofUsers = outlets.filter((each) => each.takes('booking.new') && each.takes('user.hidden'))
  expect(ofUsers).toHaveLength(1)
  await drain(later(0), ofUsers, { live })
  expect([await rowOf(mine), await rowOf(theirs), await rowOf(gone), await rowOf(poison)]).toMatchObject([
    { delivered: false },
    { delivered: true },
    { delivered: true },
    { delivered: false },
  ])
  away.clear()
  await drain(later(HOUR), ofUsers, { live })
  expect(await rowOf(mine)).toMatchObject({ delivered: true })
  const about = {
    id: mine,
    rideId: ride.rideId,
    bookingId: payload.bookingId,
    state: 'pending',
    type: 'booking:new',
  }
  expect(told.filter(([, { id }]) => id === mine)).toMatchObject([
    [ride.driverId, { ...about, role: 'driver' }],
    [ride.driverId, { ...about, role: 'driver' }],
    [passengerId, { ...about, role: 'passenger' }],
  ])
  expect(told.filter(([, { id }]) => id === theirs)).toMatchObject([
    [other.driverId, { type: 'ride:updated', status: 'started' }],
  ])
})

test('a driver who is gone is taken offline, unless they said something since or drive', async () => {
  const isOnline = async (userId: string) => {
    const rows = await readRows(
      db,
      sql`select online from drivers where user_id = ${userId}`,
      z.object({ online: z.boolean() }),
    )
    return rows[0]?.online
  }
  const [gone, chose] = [(await newDriver(db, start, 1)).driverId, (await newDriver(db, start, 1)).driverId]
  const { driverId: drives, rideId } = await newRide(db, start, 1)
  for (const driverId of [gone, chose, drives]) await setOnline(db, driverId, true, later(10))
  await setOnline(db, chose, true, later(30))
  expect(
    await startRide(db, { rideId, driverId: drives, now: later(15), departsBefore: later(1e9) }),
  ).toBeDefined()
  for (const driverId of [gone, chose, drives]) await takeOffline(db, driverId, later(20), later(620))
  expect(await Promise.all([gone, chose, drives].map(isOnline))).toEqual([false, true, true])
})
