import { expect, test } from 'vitest'
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
  uuid,
} from './testing/ride-fixture.ts'

test('the end of a ride is told, then every socket closes', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell))
  shell.announce(rideEvent(1, 'completed'))
  expect(passenger.frames.at(-1)).toMatchObject({ type: 'ride', status: 'completed', seq: 3 })
  expect([driver.closed, passenger.closed]).toEqual(['ride_completed', 'ride_completed'])
  expect(shell.stored).not.toContain('12.97')
})

test('a ride moves forward only', () => {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass('scheduled'))
  shell.announce(rideEvent(1, 'started'), rideEvent(2, 'scheduled'), rideEvent(3, 'started'))
  shell.announce(rideEvent(4, 'cancelled'), rideEvent(5, 'completed'))
  expect(heard(driver, 'ride').map(({ status }) => status)).toEqual(['started', 'cancelled'])
  expect(driver.closed).toBe('ride_cancelled')
})

test('an event that comes again is ignored, in the same call, later and after a wake', () => {
  const { shell, passenger } = liveRide()
  const event = bookingEvent(1, 1, 'boarded')
  shell.announce(event, event)
  shell.announce(event)
  shell.hibernate()
  const saves = shell.saves
  shell.announce(event)
  expect(heard(passenger, 'booking')).toHaveLength(1)
  expect(shell.saves).toBe(saves)
})

test('a booking is told to its passenger and the driver only', () => {
  const { shell, driver, passenger } = liveRide()
  const other = shell.join(passengerPass(2))
  shell.announce(bookingEvent(1, 1, 'boarded'))
  expect([driver, passenger, other].map((socket) => heard(socket, 'booking').length)).toEqual([1, 1, 0])
})

test.each(['rejected', 'cancelled', 'expired', 'no_show'] as const)(
  'a passenger whose booking is %s hears it and is sent out, others stay',
  (state) => {
    const { shell, driver, passenger } = liveRide()
    const other = shell.join(passengerPass(2))
    const rebooked = shell.join(passengerPass(1, 'started', { bookingId: uuid(999) }))
    shell.announce(bookingEvent(1, 1, state))
    expect(passenger.frames).toMatchObject([{ type: 'booking', state }])
    expect([passenger, other, rebooked, driver].map(({ closed }) => closed)).toEqual([
      'removed',
      null,
      null,
      null,
    ])
    shell.say(driver, positionAt(shell))
    expect(heard(passenger, 'position')).toEqual([])
  },
)

test.each(['pending', 'confirmed', 'boarded', 'completed'] as const)(
  'with a booking %s a passenger stays',
  (state) => {
    const { shell, passenger } = liveRide()
    shell.announce(bookingEvent(1, 1, state))
    expect(passenger.closed).toBeNull()
  },
)

test('a removed person and a revoked session lose their sockets', () => {
  const { shell, driver, passenger } = liveRide()
  const elsewhere = shell.join(passengerPass(1, 'started', { sessionId: uuid(999) }))
  shell.announce({ id: uuid(1001), type: 'session_revoked', sessionId: uuid(301) })
  expect([passenger.closed, elsewhere.closed]).toEqual(['session_revoked', null])
  shell.announce({ id: uuid(1002), type: 'member_removed', userId: uuid(101), reason: 'blocked' })
  expect([elsewhere.closed, driver.closed]).toEqual(['removed', null])
})
