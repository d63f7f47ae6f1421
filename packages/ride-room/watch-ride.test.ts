import { expect, test } from 'vitest'
import { LONG_STOP_MS, PLAN_RETRY_MS } from './limits.ts'
import type { FakeShell, FakeSocket } from './testing/fake-shell.ts'
import { onRoad, plannedRide } from './testing/planned-ride.ts'
import {
  bookingEvent,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  uuid,
  viewerPass,
} from './testing/ride-fixture.ts'

/** A ride under way whose plan is known, with passenger 2 and a viewer. */
function watchedRide() {
  const ride = liveRide()
  ride.shell.plan = plannedRide()
  const [second, viewer] = [ride.shell.join(passengerPass(2)), ride.shell.join(viewerPass(1, ride.shell.now))]
  return { ...ride, second, viewer }
}

/** Reports the car at a place each second for so many seconds. */
function stay(shell: FakeShell, driver: FakeSocket, metres: number, seconds: number, off = 0): void {
  for (let i = 0; i < seconds; i++) {
    shell.say(driver, positionAt(shell, 0, onRoad(metres, off)))
    shell.pass(1000)
  }
}

/** Drives from one place to another, a position each second. */
function drive(shell: FakeShell, driver: FakeSocket, from: number, to: number, speed = 10): void {
  for (let metres = from; metres <= to; metres += speed) stay(shell, driver, metres, 1)
}

test('off the route at 500 m and back at 300 m, each told once, to the people of the ride only', () => {
  const { shell, driver, passenger, viewer } = watchedRide()
  for (const off of [0, 400, 499, 501, 600, 450, 310, 299, 450, 290, 501]) stay(shell, driver, 5000, 2, off)
  expect(heard(passenger, 'off_route').map(({ off, metres }) => [off, metres])).toEqual([
    [true, 501],
    [false, 299],
    [true, 501],
  ])
  expect(heard(driver, 'off_route')).toHaveLength(3)
  expect(heard(viewer, 'off_route')).toEqual([])
})

test('on the way to its first stop a car is not off its route', () => {
  const { shell, driver, passenger } = watchedRide()
  for (const off of [5000, 3000, 600]) stay(shell, driver, 0, 3, off)
  expect(heard(passenger, 'off_route')).toEqual([])
})

test('a stop is reached by being within 100 m for ten seconds, once', () => {
  const { shell, driver, passenger } = watchedRide()
  stay(shell, driver, 10_099, 9)
  stay(shell, driver, 10_150, 5)
  expect(heard(passenger, 'stop_reached')).toEqual([])
  stay(shell, driver, 10_099, 12)
  stay(shell, driver, 10_200, 5)
  stay(shell, driver, 10_000, 60)
  expect(heard(passenger, 'stop_reached')).toMatchObject([{ stop: 1 }])
})

test('a passenger hears of their own pickup and, once aboard, of their drop-off; so does the driver, and nobody else', () => {
  const { shell, driver, passenger, second, viewer } = watchedRide()
  stay(shell, driver, 20_000, 12)
  expect(heard(passenger, 'arrival')).toEqual([])
  stay(shell, driver, 3000, 12)
  expect(heard(passenger, 'arrival')).toMatchObject([{ bookingId: uuid(201), place: 'pickup' }])
  stay(shell, driver, 20_000, 12)
  expect(heard(passenger, 'arrival').map(({ place }) => place)).toEqual(['pickup', 'dropoff'])
  expect([second, viewer].map((each) => heard(each, 'arrival').length)).toEqual([0, 0])
  expect(heard(driver, 'arrival')).toHaveLength(2)
})

test('who boarded is not expected at the pickup any more', () => {
  const { shell, driver, passenger } = watchedRide()
  stay(shell, driver, 0, 1)
  const plan = plannedRide()
  shell.plan = { ...plan, bookings: plan.bookings.map((booking) => ({ ...booking, boarded: true })) }
  shell.announce(bookingEvent(1, 1, 'boarded'))
  stay(shell, driver, 3000, 15)
  stay(shell, driver, 20_000, 15)
  expect(heard(passenger, 'arrival').map(({ place }) => place)).toEqual(['dropoff'])
})

test('a long stop is told once, not at a place where the car is expected, and again after the car has moved', () => {
  const { shell, driver, passenger } = watchedRide()
  const seconds = LONG_STOP_MS / 1000
  stay(shell, driver, 10_000, seconds + 5)
  expect(heard(passenger, 'long_stop')).toEqual([])
  stay(shell, driver, 6000, seconds)
  expect(heard(passenger, 'long_stop')).toEqual([])
  stay(shell, driver, 6040, seconds)
  expect(heard(passenger, 'long_stop')).toHaveLength(1)
  stay(shell, driver, 6200, seconds + 5)
  expect(heard(passenger, 'long_stop')).toHaveLength(2)
})

test('nothing is told twice, whatever the room forgets', () => {
  const { shell, driver, passenger } = watchedRide()
  for (let round = 0; round < 3; round++) {
    stay(shell, driver, 3000, 15)
    shell.evict()
    stay(shell, driver, 10_000, 15)
    shell.evict()
    shell.ringAlarm()
  }
  expect(heard(passenger, 'arrival')).toHaveLength(1)
  expect(heard(passenger, 'stop_reached')).toHaveLength(1)
})

test('without a plan positions are shown as always; it is asked for again', () => {
  const { shell, driver, passenger } = watchedRide()
  shell.plan = null
  drive(shell, driver, 0, 100)
  expect(heard(passenger, 'position').length).toBeGreaterThan(5)
  expect(heard(passenger, 'eta')).toEqual([])
  shell.plan = plannedRide()
  shell.pass(PLAN_RETRY_MS)
  stay(shell, driver, 200, 2)
  expect(heard(passenger, 'eta')).toHaveLength(1)
})

test('everybody hears their own arrival time, now and then, and not before their time has come', () => {
  const { shell, driver, passenger, second, viewer } = watchedRide()
  const early = shell.join(
    passengerPass(1, 'started', { sessionId: uuid(999), positionsFrom: shell.now + 3_600_000 }),
  )
  drive(shell, driver, 0, 2500)
  // 500 m at 10 m/s; then 17 km and a stop of a minute.
  const now = shell.now
  const seconds = (instant: string | null | undefined) => Math.round((Date.parse(instant ?? '') - now) / 1000)
  const etaOf = (socket: FakeSocket) => heard(socket, 'eta').at(-1)
  expect(Math.abs(seconds(etaOf(passenger)?.pickupAt) - 50)).toBeLessThan(45)
  expect(Math.abs(seconds(etaOf(passenger)?.arrivesAt) - 1810)).toBeLessThan(45)
  expect(Math.abs(seconds(etaOf(second)?.pickupAt) - 750)).toBeLessThan(45)
  expect(etaOf(viewer)).toMatchObject({ pickupAt: null })
  expect(Math.abs(seconds(etaOf(viewer)?.arrivesAt) - 1810)).toBeLessThan(45)
  expect(heard(early, 'eta')).toEqual([])
  expect(heard(passenger, 'eta').length).toBeLessThan(10)
  expect(heard(shell.join(passengerPass(2)), 'snapshot')[0]?.eta?.pickupAt).not.toBeNull()
})
