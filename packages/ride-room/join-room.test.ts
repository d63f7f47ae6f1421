import { expect, test } from 'vitest'
import { MAX_MEMBERS, MAX_SOCKETS_PER_USER, PASS_IN_FLIGHT_MS } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import {
  bookingEvent,
  driverPass,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
  ridePass,
  uuid,
} from './testing/ride-fixture.ts'

test('who joins is greeted with where things stand', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, positionAt(shell))
  shell.pass(4000)
  const passenger = shell.join(passengerPass(2))
  expect(passenger.frames).toEqual([
    {
      type: 'snapshot',
      seq: 2,
      ride: { id: rideId, status: 'started' },
      you: { role: 'passenger', positionsFrom: null },
      position: {
        lat: 12.97,
        lng: 77.59,
        heading: null,
        speed: null,
        accuracy: null,
        at: '2026-11-22T06:00:00.000Z',
        age: 4,
        stale: false,
      },
      eta: null,
      resumed: false,
      at: '2026-11-22T06:00:04.000Z',
    },
  ])
})

test.each([
  [
    'another ride',
    passengerPass(1, 'started', { ride: { ...ridePass('started'), id: uuid(9) } }),
    'unauthenticated',
  ],
  ['a driver who does not drive it', driverPass('started', { userId: uuid(9) }), 'unauthenticated'],
  ['a time gone by', passengerPass(1, 'started', { expiresAt: Date.UTC(2026, 10, 22, 6) }), 'pass_expired'],
  ['a completed ride', passengerPass(1, 'completed'), 'ride_completed'],
  ['a cancelled ride', passengerPass(1, 'cancelled'), 'ride_cancelled'],
])('a pass for %s does not let in', (_, pass, reason) => {
  const { shell, driver } = liveRide()
  const stranger = shell.join(pass)
  expect(stranger.closed).toBe(reason)
  shell.say(driver, positionAt(shell))
  expect(heard(stranger, 'position')).toEqual([])
})

test('a pass brings the news of the start, a late pass does not undo it', () => {
  const shell = new FakeShell(rideId)
  const early = shell.join(driverPass('scheduled'))
  shell.join(passengerPass(1, 'started'))
  expect(heard(early, 'ride')).toMatchObject([{ status: 'started' }])
  const late = shell.join(passengerPass(2, 'scheduled'))
  expect(heard(late, 'snapshot')[0]?.ride.status).toBe('started')
  shell.announce(rideEvent(1, 'started'))
  expect(heard(early, 'ride')).toHaveLength(1)
})

test('a pass that crossed with the loss of its right stays out, a later one comes in', () => {
  const { shell } = liveRide()
  shell.announce(bookingEvent(1, 2, 'cancelled'))
  shell.announce({ id: uuid(1002), type: 'session_revoked', sessionId: uuid(303) })
  shell.announce({ id: uuid(1003), type: 'member_removed', userId: uuid(104), reason: 'blocked' })
  shell.hibernate()
  expect([2, 3, 4].map((n) => shell.join(passengerPass(n)).closed)).toEqual([
    'removed',
    'session_revoked',
    'removed',
  ])
  expect(shell.join(passengerPass(2, 'started', { bookingId: uuid(999) })).closed).toBeNull()
  shell.pass(PASS_IN_FLIGHT_MS)
  expect(shell.join(passengerPass(4)).closed).toBeNull()
})

test('one person holds a few sockets, and the oldest makes place', () => {
  const { shell, passenger } = liveRide()
  const more = Array.from({ length: MAX_SOCKETS_PER_USER }, () => shell.join(passengerPass(1)))
  expect(passenger.closed).toBe('replaced')
  expect(more.every(({ closed }) => closed === null)).toBe(true)
})

test('a full room keeps passengers out but not the driver', () => {
  const shell = new FakeShell(rideId)
  for (let n = 0; n < MAX_MEMBERS; n++) shell.join(passengerPass(n))
  expect(shell.join(passengerPass(MAX_MEMBERS)).closed).toBe('room_full')
  expect(shell.join(driverPass()).closed).toBeNull()
})
