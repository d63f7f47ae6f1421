import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inspectOpening, inspectSending } from '../../db/queries/chat/inspect-writing.ts'
import { openConversation } from '../../db/queries/chat/open-conversation.ts'
import { type BookingState, bookingStates } from '../../packages/booking/states.ts'
import { MAX_ENQUIRIES_A_DAY, OPEN_AFTER_RIDE_MS } from '../../packages/chat/limits.ts'
import {
  BOOKED_STATES,
  type OpeningFacts,
  refuseToBegin,
  refuseToWrite,
} from '../../packages/chat/may-write.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { type RideState, rideStates } from '../../packages/ride/transition.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { opened, send, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

/** What the statements let through is what `packages/chat/may-write.ts` says, in whatever state things are. */
const start = new Date('2026-12-01T06:00:00Z')
const LEGS_MS = 1_800_000

const db = await openWorld()

interface Scene {
  status: RideState
  /** From the departure on, in units of the time that people may write after the ride. */
  passed: number
  booking: BookingState | null
  driverWrites: boolean
  block: 'none' | 'writer' | 'receiver'
  gone: 'none' | 'deleted' | 'banned'
  womenOnly: boolean
  isWoman: boolean
}

const scenes = fc.record<Scene>({
  status: fc.constantFrom(...rideStates),
  passed: fc.constantFrom(-0.1, -0.0001, 0, 0.01, 0.9, 0.99999, 1.01, 2),
  booking: fc.constantFrom(null, ...bookingStates),
  driverWrites: fc.boolean(),
  block: fc.constantFrom('none', 'none', 'none', 'writer', 'receiver'),
  gone: fc.constantFrom('none', 'none', 'none', 'deleted', 'banned'),
  womenOnly: fc.boolean(),
  isWoman: fc.boolean(),
})

/** Somebody asks a driver before booking. */
const asking: Scene = {
  ...{ status: 'scheduled', passed: -0.1, booking: null, driverWrites: false, block: 'none', gone: 'none' },
  ...{ womenOnly: false, isWoman: false },
}
/** Each refusal at least once, whatever chance brings. */
const examples: [Scene][] = [
  [asking],
  [{ ...asking, womenOnly: true }],
  [{ ...asking, womenOnly: true, isWoman: true }],
  [{ ...asking, status: 'started', passed: 0.01 }],
  [{ ...asking, gone: 'banned' }],
  [{ ...asking, block: 'receiver' }],
  [{ ...asking, status: 'completed', booking: 'completed', passed: 2 }],
]

/** A ride with its driver and somebody else, of whom one writes. */
async function stage(scene: Scene) {
  const ride = await newRide(db, { bookingMode: 'instant', legs: 1, capacity: 4, departsAt: start }, start)
  const [passengerId = ''] = await newPeople(db, 1, start)
  const { rideId, driverId } = ride
  const [writerId, receiverId] = scene.driverWrites ? [driverId, passengerId] : [passengerId, driverId]
  return { rideId, driverId, passengerId, writerId, receiverId }
}

/** Makes it so; what must then be known of it, and when it is. */
async function set(
  { rideId, passengerId, writerId, receiverId }: Awaited<ReturnType<typeof stage>>,
  scene: Scene,
) {
  const isOver = scene.status === 'completed' || scene.status === 'cancelled'
  const endedAt = isOver ? start.getTime() + 60_000 : null
  const now = start.getTime() + Math.round(scene.passed * OPEN_AFTER_RIDE_MS)
  await db.execute(sql`update rides set status = ${scene.status}, ended_at = ${endedAt && new Date(endedAt)}
    where id = ${rideId}`)
  await db.execute(sql`update routes set women_only = ${scene.womenOnly}
    where id = (select route_id from rides where id = ${rideId})`)
  if (scene.isWoman) await db.execute(sql`update users set gender = 'female' where id = ${writerId}`)
  if (scene.booking) await setBooking(db, { rideId, passengerId, state: scene.booking }, start)
  if (scene.block !== 'none') {
    const [blocker, blocked] = scene.block === 'writer' ? [writerId, receiverId] : [receiverId, writerId]
    await db.execute(sql`insert into blocks values (${blocker}, ${blocked}, ${start})`)
  }
  if (scene.gone !== 'none')
    await db.execute(sql`update users set ${sql.raw(`${scene.gone}_at`)} = ${start} where id = ${receiverId}`)
  const facts: OpeningFacts = {
    ride: {
      status: scene.status,
      departsAt: start.getTime(),
      arrivesAt: start.getTime() + LEGS_MS,
      endedAt,
    },
    ...{ writerDrives: scene.driverWrites, receiverDrives: !scene.driverWrites },
    booked: BOOKED_STATES.some((state) => state === scene.booking),
    ...{ receiverThere: scene.gone === 'none', blocked: scene.block !== 'none' },
    ...{ forOthers: scene.womenOnly && !scene.isWoman, enquiries: 0 },
  }
  return { now, facts }
}

test('who may begin to write', async () => {
  const codes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      const people = await stage(scene)
      const { now, facts } = await set(people, scene)
      const opening = { rideId: people.rideId, openerId: people.writerId, receiverId: people.receiverId }
      expect(await inspectOpening(db, opening, new Date(now))).toMatchObject(facts)
      const conversation = await openConversation(db, { ...opening, id: uuidv7(now) }, new Date(now))
      const refused = refuseToBegin(facts, now)
      expect(conversation !== undefined).toBe(refused === undefined)
      codes.set(refused ?? 'opened', (codes.get(refused ?? 'opened') ?? 0) + 1)
    }),
    { numRuns: 150, examples },
  )
  for (const code of ['opened', 'chat_closed', 'not_on_ride', 'recipient_unavailable', 'women_only_ride'])
    expect(codes.get(code), code).toBeGreaterThan(0)
}, 60_000)

test('who may go on writing', async () => {
  const codes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(scenes, async (scene) => {
      const people = await stage(scene)
      const before = new Date(start.getTime() - 60_000)
      const { rideId, driverId, passengerId, writerId: senderId } = people
      const conversationId = await opened(db, { rideId, openerId: passengerId, receiverId: driverId }, before)
      const { now, facts } = await set(people, scene)
      const inspected = await inspectSending(db, { conversationId, senderId, fileId: null })
      const { forOthers: _forOthers, enquiries: _enquiries, ...direct } = facts
      expect(inspected).toMatchObject({ direct, attachable: true })
      const sent = await send(db, { conversationId, senderId }, new Date(now))
      const refused = refuseToWrite(facts, now)
      expect(sent !== undefined).toBe(refused === undefined)
      codes.set(refused ?? 'sent', (codes.get(refused ?? 'sent') ?? 0) + 1)
    }),
    { numRuns: 150, examples },
  )
  for (const code of ['sent', 'chat_closed', 'not_on_ride', 'recipient_unavailable'])
    expect(codes.get(code), code).toBeGreaterThan(0)
}, 60_000)

test('passengers meet in the group only, and nobody writes to themselves', async () => {
  const before = new Date(start.getTime() - 60_000)
  const { rideId, driverId } = await newRide(
    db,
    { bookingMode: 'instant', legs: 1, capacity: 4, departsAt: start },
    start,
  )
  const [one = '', other = ''] = await newPeople(db, 2, start)
  for (const passengerId of [one, other])
    await setBooking(db, { rideId, passengerId, state: 'confirmed' }, start)
  const open = (openerId: string, receiverId: string) =>
    openConversation(db, { id: uuidv7(), rideId, openerId, receiverId }, before)
  expect(await open(one, other)).toBeUndefined()
  expect(await open(one, one)).toBeUndefined()
  expect(await open(driverId, driverId)).toBeUndefined()
  expect(await open(driverId, one)).toMatchObject({ kind: 'direct', driverId })
  expect(await open(one, driverId)).toMatchObject({ kind: 'direct', driverId })
})

test('nobody asks drivers without end, but who has booked may write to theirs', async () => {
  const [asker = ''] = await newPeople(db, 1, start)
  const before = new Date(start.getTime() - 3600_000)
  const options = { bookingMode: 'instant', legs: 1, capacity: 4, departsAt: start } as const
  const rides = await Promise.all(
    Array.from({ length: MAX_ENQUIRIES_A_DAY + 1 }, () => newRide(db, options, start)),
  )
  const ask = (n: number, now = before) => {
    const { rideId = '', driverId = '' } = rides[n] ?? {}
    return openConversation(db, { id: uuidv7(), rideId, openerId: asker, receiverId: driverId }, now)
  }
  for (let n = 0; n < MAX_ENQUIRIES_A_DAY; n++) expect(await ask(n)).toBeDefined()
  expect(await ask(MAX_ENQUIRIES_A_DAY)).toBeUndefined()
  // What is open already stays so.
  expect(await ask(0)).toBeDefined()
  const { rideId = '' } = rides.at(-1) ?? {}
  await setBooking(db, { rideId, passengerId: asker, state: 'pending' }, start)
  expect(await ask(MAX_ENQUIRIES_A_DAY)).toBeDefined()
})
