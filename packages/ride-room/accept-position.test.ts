import { expect, test } from 'vitest'
import { POSITION_RATE, STALE_AFTER_MS } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import { driverPass, heard, liveRide, passengerPass, positionAt, rideId } from './testing/ride-fixture.ts'

test('a position of the driver reaches the passengers and not its sender', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, 0, { heading: 90, speed: 15, accuracy: 8 }))
  expect(passenger.frames).toEqual([
    {
      type: 'position',
      seq: 2,
      lat: 12.97,
      lng: 77.59,
      heading: 90,
      speed: 15,
      accuracy: 8,
      at: '2026-11-22T06:00:00.000Z',
    },
  ])
  expect(driver.frames).toEqual([])
})

test('a passenger may not report a position', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(passenger, positionAt(shell))
  expect(passenger.frames).toMatchObject([{ type: 'error', code: 'not_the_driver' }])
  expect(driver.frames).toEqual([])
})

test('before the start a position is refused', () => {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass('scheduled'))
  const passenger = shell.join(passengerPass(1, 'scheduled'))
  shell.say(driver, positionAt(shell))
  expect(heard(driver, 'error')).toMatchObject([{ code: 'ride_not_live' }])
  expect(heard(passenger, 'position')).toEqual([])
})

test('an older or equal device time is dropped, a later one is told', () => {
  const { shell, driver, passenger } = liveRide()
  const now = shell.now
  for (const at of [0, 0, -1, 1]) {
    shell.say(driver, positionAt(shell, now + at - shell.now))
    shell.pass(1000)
  }
  expect(heard(passenger, 'position')).toHaveLength(2)
  expect(shell.room.dropped.outOfOrder).toBe(2)
})

test('a clock far ahead does not freeze the car: its fixes are ordered by arrival', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, 3_600_000))
  shell.say(driver, positionAt(shell, 3_600_000))
  shell.pass(1500)
  shell.say(driver, positionAt(shell))
  shell.pass(1000)
  expect(heard(passenger, 'position').map(({ at }) => at)).toEqual([
    '2026-11-22T06:00:00.000Z',
    '2026-11-22T06:00:00.001Z',
    '2026-11-22T06:00:01.500Z',
  ])
})

test('a fix more than 200 m uncertain is dropped', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, 0, { accuracy: 201 }))
  expect(passenger.frames).toEqual([])
  shell.say(driver, positionAt(shell, 1, { accuracy: 200 }))
  expect(passenger.frames).toHaveLength(1)
})

test('positions beyond the rate are dropped silently', () => {
  const { shell, driver } = liveRide()
  for (let i = 0; i < 2 * POSITION_RATE.burst; i++) shell.say(driver, positionAt(shell, i))
  expect(driver.frames).toEqual([])
  expect(shell.room.dropped.tooFast).toBe(POSITION_RATE.burst)
  shell.pass(1000)
  for (let i = 0; i < 2 * POSITION_RATE.burst; i++) shell.say(driver, positionAt(shell, 100 + i))
  expect(shell.room.dropped.tooFast).toBe(3 * POSITION_RATE.burst - POSITION_RATE.perSecond)
})

test('streaming writes to storage at most every ten seconds', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell))
  const before = shell.saves
  for (let i = 0; i < 300; i++) {
    shell.pass(100)
    shell.say(driver, positionAt(shell))
  }
  expect(heard(passenger, 'position')).toHaveLength(32)
  expect(shell.saves - before).toBeGreaterThan(1)
  expect(shell.saves - before).toBeLessThanOrEqual(3)
})

test('the newest reporting device of the driver is the source, and the older is told', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell))
  const second = shell.join(driverPass())
  shell.pass(1000)
  shell.say(driver, positionAt(shell, 1))
  expect(heard(driver, 'error')).toEqual([])
  shell.pass(1000)
  shell.say(second, positionAt(shell, 2))
  expect(heard(driver, 'error')).toMatchObject([{ code: 'source_replaced' }])
  shell.pass(1000)
  shell.say(driver, positionAt(shell, 3))
  expect(heard(driver, 'error')).toHaveLength(2)
  expect(heard(passenger, 'position')).toHaveLength(3)
  const withCheckpoint = [...shell.sockets.values()].filter(({ record }) => record?.includes('"checkpoint":{'))
  expect(withCheckpoint).toEqual([second])
})

test('an older device takes over when the source leaves or goes silent', () => {
  const { shell, driver, passenger } = liveRide()
  const second = shell.join(driverPass())
  shell.say(second, positionAt(shell))
  shell.pass(STALE_AFTER_MS)
  shell.say(driver, positionAt(shell))
  expect(heard(passenger, 'position')).toHaveLength(2)
  shell.pass(1000)
  shell.say(second, positionAt(shell, 1))
  shell.hangUp(second)
  shell.pass(1000)
  shell.say(driver, positionAt(shell, 2))
  expect(heard(passenger, 'position')).toHaveLength(4)
})
