import { expect, test } from 'vitest'
import { joinRoom } from './join-room.ts'
import { leaveGateway, leaveRoom } from './leave-room.ts'
import { SAVE_EVERY_MS } from './limits.ts'
import { takeGreeting } from './take-greeting.ts'
import { FakeShell } from './testing/fake-shell.ts'
import {
  bookingEvent,
  driverPass,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  rideId,
} from './testing/ride-fixture.ts'

/** A ride whose driver and passenger come through gateways. */
function linkedRide() {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass(), null, 'g1')
  const passenger = shell.join(passengerPass(1), null, 'g2')
  return { shell, driver, passenger }
}

test('sockets behind gateways are members like all others', () => {
  const { shell, driver, passenger } = linkedRide()
  const native = shell.join(passengerPass(2))
  shell.say(driver, positionAt(shell))
  for (const each of [passenger, native]) expect(heard(each, 'position')).toHaveLength(1)
  shell.say(passenger, positionAt(shell))
  expect(heard(passenger, 'error')).toMatchObject([{ code: 'not_the_driver' }])
  shell.announce(bookingEvent(1, 1, 'cancelled'))
  expect([passenger.closed, native.closed]).toEqual(['removed', null])
})

test('positions that come together are all on the trace, and the newest is told at once', () => {
  const { shell, driver, passenger } = linkedRide()
  shell.say(driver, positionAt(shell, 0, { lat: 12.9 }))
  shell.pass(1000)
  const lats = [12.91, 12.92, 12.93]
  const frames = lats.map((lat, n) => positionAt(shell, (n - 2) * 200, { lat }))
  shell.sayTogether(driver, frames, 400)
  expect(heard(passenger, 'position').map(({ lat }) => lat)).toEqual([12.9, 12.93])
  expect([...shell.track, ...shell.room.track]).toHaveLength(1 + lats.length)
})

test('what has waited at a gateway does not wait for another second', () => {
  const { shell, driver, passenger } = linkedRide()
  shell.say(driver, positionAt(shell))
  shell.pass(10)
  shell.sayTogether(driver, [positionAt(shell, 0, { speed: 7 })], 900)
  expect(heard(passenger, 'position')).toHaveLength(1)
  shell.pass(100)
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([null, 7])
})

test('however long something claims to have waited, it is told in its turn', () => {
  const { shell, driver, passenger } = linkedRide()
  for (const waited of [0, -1e9, 1e9]) {
    shell.sayTogether(driver, [positionAt(shell)], waited)
    shell.pass(2000)
  }
  expect(heard(passenger, 'position')).toHaveLength(3)
})

test('with a flood among them the others are not taken in', () => {
  const { shell, driver } = linkedRide()
  shell.sayTogether(driver, ['x'.repeat(5000), positionAt(shell)], 0)
  expect([driver.closed, shell.room.position]).toEqual(['frame_too_large', null])
})

test('what a link is kept with is written at joining, never for a position', () => {
  const { shell, driver } = linkedRide()
  const kept = driver.record
  for (let i = 0; i < 50; i++) {
    shell.say(driver, positionAt(shell))
    shell.pass(100)
  }
  expect(driver.record).toBe(kept)
  expect(JSON.parse(kept ?? '')).toMatchObject({ role: 'driver', checkpoint: null })
})

test('asleep, nothing of a driver behind a gateway is lost, at one write in ten seconds', () => {
  const { shell, driver } = linkedRide()
  for (let i = 0; i < 100; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    shell.pass(500)
  }
  expect(shell.saves).toBeLessThanOrEqual(2 + 50_000 / SAVE_EVERY_MS + 2)
  shell.pass(1000)
  const { seq } = shell.room
  shell.hibernate()
  const [snapshot] = heard(shell.join(passengerPass(3)), 'snapshot')
  expect(snapshot).toMatchObject({ seq, position: { speed: 99 } })
  shell.say(driver, positionAt(shell, 0, { speed: 100 }))
  expect(heard(shell.join(passengerPass(4)), 'snapshot')[0]?.position?.speed).toBe(100)
})

test('a room that loses its memory repeats no number', () => {
  const { shell, driver, passenger } = linkedRide()
  for (let i = 0; i < 5; i++) {
    shell.say(driver, positionAt(shell))
    shell.pass(1000)
    shell.evict()
  }
  const numbers = heard(passenger, 'position').map(({ seq }) => seq)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
  expect(numbers).toHaveLength(5)
})

test('joining is answered with what is heard at once, and everybody else hears the rest', () => {
  const shell = new FakeShell(rideId)
  shell.join(driverPass('scheduled'))
  const effects = joinRoom(shell.room, { id: 'g1/a', pass: passengerPass(1), after: null }, shell.now)
  const { outcome, effects: rest } = takeGreeting(effects, 'g1/a')
  expect(outcome).toEqual({ frames: [expect.stringContaining('"type":"snapshot"')] })
  expect(rest.filter((effect) => effect.do === 'send')).toMatchObject([{ to: ['s1'] }])
  const late = joinRoom(shell.room, { id: 'g1/b', pass: passengerPass(2, 'completed'), after: null }, shell.now)
  expect(takeGreeting(late, 'g1/b').outcome).toEqual({ closed: 'ride_completed' })
})

test('a link that joins again is one member, with its new pass', () => {
  const { shell } = liveRide()
  for (const n of [5, 6]) joinRoom(shell.room, { id: 'g1/a', pass: passengerPass(n), after: null }, shell.now)
  expect([...shell.room.members.values()].filter(({ id }) => id === 'g1/a')).toHaveLength(1)
})

test('who leaves is forgotten in storage; a lost gateway takes all of its sockets along and no others', () => {
  const { shell, passenger } = linkedRide()
  const other = shell.join(passengerPass(2), null, 'g2')
  const native = shell.join(passengerPass(3))
  expect(leaveRoom(shell.room, passenger.id, shell.now)).toContainEqual({ do: 'forget', member: passenger.id })
  expect(leaveGateway(shell.room, 'g2', shell.now)).toContainEqual({
    do: 'close',
    member: other.id,
    reason: 'internal',
  })
  expect([...shell.room.members.keys()]).toContain(native.id)
  expect(shell.room.members.has(other.id)).toBe(false)
})
