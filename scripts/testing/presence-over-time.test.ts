import { expect, test } from 'vitest'
import { loadWatchable } from '../../db/queries/presence/watchable.ts'
import { OPEN_AFTER_RIDE_MS } from '../../packages/chat/limits.ts'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { opened, setBooking } from './chat-world.ts'
import { openWorld } from './open-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(start.getTime() + 3600_000)
const LEG_MS = 1_800_000
const closesAt = departsAt.getTime() + LEG_MS + OPEN_AFTER_RIDE_MS

const db = await openWorld()

/** A passenger who asked a driver about a ride, and never booked. */
async function pair() {
  const options = { bookingMode: 'instant', legs: 1, capacity: 4, departsAt } as const
  const { rideId, driverId } = await newRide(db, options, start)
  const [passengerId = ''] = await newPeople(db, 1, start)
  await opened(db, { rideId, openerId: passengerId, receiverId: driverId }, start)
  return { rideId, driverId, passengerId }
}

test('who talked sees the other come and go until the conversation is closed', async () => {
  const { driverId, passengerId } = await pair()
  for (const [watcher, watched] of [
    [passengerId, driverId],
    [driverId, passengerId],
  ] as const) {
    const seen = (at: number) => loadWatchable(db, watcher, [watched], new Date(at))
    expect(await seen(closesAt - 1)).toEqual([watched])
    expect(await seen(closesAt)).toEqual([])
  }
})

test('a booking that holds seats shows the other whatever became of the conversation; one that holds none does not', async () => {
  const { rideId, driverId, passengerId } = await pair()
  const seen = () => loadWatchable(db, passengerId, [driverId], new Date(closesAt))
  await setBooking(db, { rideId, passengerId, state: 'confirmed' }, start)
  expect(await seen()).toEqual([driverId])
  await setBooking(db, { rideId, passengerId, state: 'cancelled' }, start)
  expect(await seen()).toEqual([])
})
