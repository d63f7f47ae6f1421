import { expect, test } from 'vitest'
import { STALE_AFTER_MS } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import {
  driverPass,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
} from './testing/ride-fixture.ts'

test('silence is told once, ended by a position, and told again', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell))
  shell.pass(STALE_AFTER_MS - 1)
  expect(heard(passenger, 'stale')).toEqual([])
  shell.pass(1)
  expect(heard(passenger, 'stale')).toMatchObject([{ since: '2026-11-22T06:00:00.000Z' }])
  shell.ringAlarm()
  shell.hibernate()
  shell.ringAlarm()
  shell.pass(10 * STALE_AFTER_MS)
  expect(heard(passenger, 'stale')).toHaveLength(1)
  expect(heard(shell.join(passengerPass(2)), 'snapshot')[0]?.position?.stale).toBe(true)
  shell.say(driver, positionAt(shell))
  expect(heard(shell.join(passengerPass(2)), 'snapshot')[0]?.position?.stale).toBe(false)
  shell.pass(STALE_AFTER_MS)
  expect(heard(passenger, 'stale')).toHaveLength(2)
})

test('a ride that starts without positions is stale too, one that waits is not', () => {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass('scheduled'))
  shell.pass(10 * STALE_AFTER_MS)
  expect(heard(driver, 'stale')).toEqual([])
  shell.announce(rideEvent(1, 'started'))
  shell.pass(STALE_AFTER_MS)
  expect(heard(driver, 'stale')).toHaveLength(1)
})

test('while positions stream the alarm is not set for each', () => {
  const { shell, driver, passenger } = liveRide()
  const set = shell.alarmAt
  for (let i = 0; i < 100; i++) {
    shell.say(driver, positionAt(shell))
    shell.now += 100
  }
  expect(shell.alarmAt).toBe(set)
  shell.pass(STALE_AFTER_MS - 101)
  expect(heard(passenger, 'stale')).toEqual([])
  shell.pass(101)
  expect(heard(passenger, 'stale')).toHaveLength(1)
})

test('a pass that runs out closes its socket, and nothing reaches it from that moment', () => {
  const { shell, driver, passenger } = liveRide()
  const brief = shell.join(passengerPass(2, 'started', { expiresAt: shell.now + 5000 }))
  shell.now += 5000
  shell.say(driver, positionAt(shell))
  expect([heard(passenger, 'position').length, heard(brief, 'position').length]).toEqual([1, 0])
  shell.ringAlarm()
  expect(brief.closed).toBe('pass_expired')
  expect(passenger.closed).toBeNull()
})

test('an empty room sleeps', () => {
  const { shell, driver, passenger } = liveRide()
  shell.hangUp(driver)
  shell.hangUp(passenger)
  shell.pass(10 * STALE_AFTER_MS)
  expect(shell.alarmAt).toBeNull()
})
