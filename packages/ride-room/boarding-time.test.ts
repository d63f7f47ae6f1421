import { expect, test } from 'vitest'
import { BOARDS_BEFORE_MS } from './limits.ts'
import { boardsFrom, passFor, type RideMember } from './pass-for.ts'
import {
  bookingEvent,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
  uuid,
} from './testing/ride-fixture.ts'

const departsAt = new Date('2026-11-22T06:00:00Z')
const caller = { userId: uuid(101), sessionId: uuid(301), expiresAt: 5 }
const member: RideMember = {
  ...{ status: 'started', departsAt, driverId: uuid(2) },
  ...{ bookingId: uuid(201), bookingState: 'confirmed', pickupAt: departsAt },
}

test('before boarding time a passenger sees the status and no position; then a snapshot, and everything', () => {
  const { shell, driver } = liveRide()
  const early = shell.join(passengerPass(2, 'started', { positionsFrom: shell.now + 60_000 }))
  shell.say(driver, positionAt(shell))
  shell.pass(40_000)
  expect(early.frames).toMatchObject([
    { type: 'snapshot', position: null, you: { positionsFrom: new Date(shell.now + 20_000).toISOString() } },
  ])
  shell.evict()
  shell.pass(20_000)
  expect(heard(early, 'snapshot')).toMatchObject([
    { position: null },
    { position: { stale: true }, you: { positionsFrom: null } },
  ])
  shell.say(driver, positionAt(shell))
  expect(heard(early, 'position')).toHaveLength(1)
  shell.announce(rideEvent(1, 'completed'))
  expect(heard(early, 'ride')).toHaveLength(1)
})

test('who boards earlier sees the car from then on', () => {
  const { shell, driver } = liveRide()
  const early = shell.join(passengerPass(2, 'started', { positionsFrom: shell.now + 60_000 }))
  shell.announce(bookingEvent(1, 2, 'boarded'))
  shell.say(driver, positionAt(shell))
  expect(heard(early, 'position')).toHaveLength(1)
})

test('who comes back does not hear what was told before their time', () => {
  const { shell, driver } = liveRide()
  const from = shell.now + 10_000
  const pass = passengerPass(2, 'started', { positionsFrom: from })
  shell.join(pass)
  for (let i = 0; i < 20; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    shell.pass(1000)
  }
  const again = shell.join(pass, 1)
  expect(heard(again, 'position').map(({ speed }) => speed)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])
})

test('REST sees what a socket sees', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, positionAt(shell, 0, { speed: 9 }))
  expect(shell.look(passengerPass(2))).toMatchObject({ view: { position: { speed: 9 } } })
  expect(shell.look(passengerPass(2, 'started', { positionsFrom: shell.now + 1 }))).toMatchObject({
    view: { position: null },
  })
  shell.announce(bookingEvent(1, 2, 'cancelled'))
  expect(shell.look(passengerPass(2))).toEqual({ closed: 'removed' })
  expect(shell.look(passengerPass(3, 'completed'))).toEqual({ closed: 'ride_completed' })
})

test('a pass says who somebody is on a ride, and from when on they see the car', () => {
  expect(passFor(rideId, caller, member)).toEqual({
    ...caller,
    role: 'passenger',
    bookingId: uuid(201),
    positionsFrom: departsAt.getTime() - BOARDS_BEFORE_MS,
    ride: { id: rideId, driverId: uuid(2), status: 'started', departsAt: '2026-11-22T06:00:00.000Z' },
  })
  expect(passFor(rideId, caller, { ...member, bookingState: 'boarded' })).not.toHaveProperty('positionsFrom')
  expect(passFor(rideId, { ...caller, userId: uuid(2) }, member)).toMatchObject({ role: 'driver' })
  expect(boardsFrom(departsAt)).toBe(Date.UTC(2026, 10, 22, 5))
})

test.each([
  ['not_found', undefined],
  ['ride_not_live', { ...member, status: 'completed' as const }],
  ['ride_not_live', { ...member, status: 'cancelled' as const }],
  ['not_on_ride', { ...member, bookingId: null, bookingState: null, pickupAt: null }],
])('%s: no pass', (refused, row) => {
  expect(passFor(rideId, caller, row)).toEqual({ refused })
})
