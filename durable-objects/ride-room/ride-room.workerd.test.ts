import { evictDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LiveClient, rideRooms } from '../testing/live-client.ts'
import { passesFor, positionFrame } from '../testing/passes.ts'
import { stubDatabase } from '../testing/stub-database.ts'
import { announceToRide } from './reach-ride-room.ts'

stubDatabase()

const POSITIONS = 50

// One position a second is told: the clock jumps instead of the test waiting.
beforeEach(() => vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => vi.useRealTimers())

/** Reports one position and waits until these passengers have heard it. */
async function report(car: LiveClient, step: number, ...passengers: LiveClient[]): Promise<void> {
  vi.setSystemTime(Date.now() + 1000)
  car.say(positionFrame(step, Date.now() - step * 1000))
  for (const passenger of passengers)
    await passenger.until(() => passenger.heard('position').at(-1)?.lat === 12.97 - step / 1000)
}

test('two passengers see every one of fifty positions, in order, while the object is put to sleep again and again', async () => {
  const { ride, driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const passengers = [await LiveClient.join(book()), await LiveClient.join(book())]
  for (let step = 0; step < POSITIONS; step++) {
    if (step % 13 === 3) await evictDurableObject(rideRooms.getByName(ride.id))
    await report(car, step, ...passengers)
  }
  for (const { frames } of passengers) {
    expect(frames.map(({ type }) => type)).toEqual([
      'snapshot',
      ...Array.from({ length: POSITIONS }, () => 'position'),
    ])
    const numbers = frames.map((frame) => ('seq' in frame ? frame.seq : -1))
    // The first number tells the start that the driver's pass brought; from there not one is skipped.
    expect(numbers).toEqual(Array.from({ length: POSITIONS + 1 }, (_, i) => i + 1))
  }
  expect(car.heard('error')).toEqual([])
  // A query holds the object awake until its timeout, so falling asleep takes a while.
}, 30_000)

test('of a burst that wakes the object the first and the last are told', async () => {
  const { ride, driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const passenger = await LiveClient.join(book())
  await evictDurableObject(rideRooms.getByName(ride.id))
  for (let step = 0; step < 15; step++) car.say(positionFrame(step))
  // Not the exact text that is answered without the room: this one is behind the positions.
  car.say('{ "type": "ping" }')
  await car.until((client) => client.heard('pong').length === 1)
  // The first at once, and of all that came in the same second the last, by the timer.
  vi.setSystemTime(Date.now() + 1000)
  await passenger.until((client) => client.heard('position').length === 2)
  expect(passenger.heard('position')).toMatchObject([
    { seq: 2, lat: 12.97 },
    { seq: 3, lat: 12.97 - 14 / 1000 },
  ])
})

test('a passenger who was away gets exactly what was missed', async () => {
  const { driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const witness = await LiveClient.join(book())
  const pass = book()
  const first = await LiveClient.join(pass)
  await report(car, 0, witness, first)
  const last = first.heard('position').at(-1)?.seq
  first.hangUp()
  await first.until(({ closed }) => closed !== null)
  for (const step of [1, 2, 3]) await report(car, step, witness)
  const again = await LiveClient.join(pass, last)
  await report(car, 4, again, witness)
  expect(again.heard('position')).toEqual(witness.heard('position').slice(1))
  expect(again.heard('snapshot')).toMatchObject([{ resumed: true, position: { speed: 15, stale: false } }])
})

test('the last position survives sleep with the driver’s socket and, once the driver has left, in storage', async () => {
  const { ride, driver, book } = passesFor()
  const room = rideRooms.getByName(ride.id)
  const car = await LiveClient.join(driver)
  const witness = await LiveClient.join(book())
  await report(car, 7, witness)
  await evictDurableObject(room)
  const second = await LiveClient.join(book())
  await second.until(({ frames }) => frames.length > 0)
  await report(car, 8, witness, second)
  await evictDurableObject(room)
  // Closing wakes the object: what the closing socket carried must not be lost.
  car.hangUp()
  await car.until(({ closed }) => closed !== null)
  await evictDurableObject(room)
  const third = await LiveClient.join(book())
  await third.until(({ frames }) => frames.length > 0)
  expect(second.heard('snapshot')[0]?.position?.lat).toBe(12.97 - 7 / 1000)
  expect(third.heard('snapshot')).toMatchObject([{ seq: 3, position: { lat: 12.97 - 8 / 1000 } }])
})

test('a lost machine drops the sockets and skips numbers, but repeats none', async () => {
  const { ride, driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const pass = book()
  const before = await LiveClient.join(pass)
  await report(car, 1, before)
  await evictDurableObject(rideRooms.getByName(ride.id), { webSockets: 'close' })
  await before.until(({ closed }) => closed !== null)
  const after = await LiveClient.join(pass, 2)
  await report(await LiveClient.join(driver), 2, after)
  expect(after.heard('snapshot')).toMatchObject([{ resumed: false }])
  expect(after.heard('position')[0]?.seq).toBeGreaterThan(2)
})

test('the end of the ride is told even by a sleeping room, then the sockets close', async () => {
  const { ride, driver, book } = passesFor()
  const clients = [await LiveClient.join(driver), await LiveClient.join(book())]
  await evictDurableObject(rideRooms.getByName(ride.id))
  const completed = {
    id: crypto.randomUUID(),
    type: 'ride',
    status: 'completed',
    at: new Date().toISOString(),
  } as const
  await announceToRide(rideRooms, ride.id, [completed])
  await announceToRide(rideRooms, ride.id, [completed])
  for (const client of clients) {
    await client.until(({ closed }) => closed !== null)
    expect(client.heard('ride')).toMatchObject([{ status: 'completed' }])
    expect(client.closed).toEqual({ code: 4000, reason: 'ride_completed' })
  }
  await evictDurableObject(rideRooms.getByName(ride.id))
  const late = await LiveClient.join(book())
  await late.until(({ closed }) => closed !== null)
  expect(late.closed?.reason).toBe('ride_completed')
})

test('a cancelled booking is told to its passenger and the driver, and ends that passenger’s view', async () => {
  const { ride, driver, book } = passesFor()
  const car = await LiveClient.join(driver)
  const pass = book()
  const [leaving, staying] = [await LiveClient.join(pass), await LiveClient.join(book())]
  const at = new Date().toISOString()
  const booking = { bookingId: pass.bookingId, passengerId: pass.userId, state: 'cancelled', at } as const
  await announceToRide(rideRooms, ride.id, [{ id: crypto.randomUUID(), type: 'booking', ...booking }])
  await leaving.until(({ closed }) => closed !== null)
  expect(leaving.closed).toEqual({ code: 4003, reason: 'removed' })
  expect(leaving.heard('booking')).toMatchObject([{ state: 'cancelled' }])
  await report(car, 1, staying)
  expect([car, staying].map((client) => client.heard('booking').length)).toEqual([1, 0])
  expect(leaving.heard('position')).toEqual([])
})
