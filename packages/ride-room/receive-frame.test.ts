import { expect, test } from 'vitest'
import { MAX_FRAME_LENGTH } from '#packages/protocol/client-frame.ts'
import { FRAME_RATE } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import { driverPass, liveRide, positionAt, rideId } from './testing/ride-fixture.ts'

test.each([
  ['no JSON', '{', 'malformed_json', 'not valid JSON'],
  ['no object', '7', 'invalid_frame', 'expected object'],
  ['an unknown type', { type: 'teleport' }, 'invalid_frame', 'type: expected position'],
  ['an unknown field', { type: 'ping', loud: true }, 'invalid_frame', 'loud'],
  [
    'a latitude off the Earth',
    { type: 'position', lat: 91, lng: 0, at: '2026-11-22T06:00:00Z' },
    'invalid_frame',
    'lat: ',
  ],
  ['a time that is none', { type: 'position', lat: 1, lng: 0, at: 'noon' }, 'invalid_frame', 'at: '],
  ['a negative number', { type: 'resume', after: -1 }, 'invalid_frame', 'after: '],
])('%s is answered by an error that names it', (_, frame, code, words) => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, frame)
  expect(driver.frames).toEqual([{ type: 'error', code, message: expect.stringContaining(words) }])
  expect(driver.closed).toBeNull()
  expect(passenger.frames).toEqual([])
})

test('an error does not send back a client’s essay', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, { type: 'ping', ['x'.repeat(2000)]: 1 })
  expect(driver.frames).toEqual([expect.objectContaining({ type: 'error' })])
  expect(JSON.stringify(driver.frames).length).toBeLessThan(300)
})

test('a ping in any spelling is answered', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, '{ "type": "ping" }')
  expect(driver.frames).toEqual([{ type: 'pong' }])
})

test('binary and oversized frames close the socket', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, null)
  shell.say(passenger, ' '.repeat(MAX_FRAME_LENGTH + 1))
  expect([driver.closed, passenger.closed]).toEqual(['binary_frame', 'frame_too_large'])
})

test('a sustained flood closes the socket, a lively client stays', () => {
  const { shell, driver, passenger } = liveRide()
  for (let second = 0; second < 20; second++) {
    for (let i = 0; i < FRAME_RATE.perSecond; i++) shell.say(passenger, { type: 'ping' })
    for (let i = 0; i < 2 * FRAME_RATE.perSecond; i++) shell.say(driver, { type: 'ping' })
    shell.pass(1000)
  }
  expect(passenger.closed).toBeNull()
  expect(driver.closed).toBe('flood')
})

test('a frame after the pass has run out closes the socket, even before the alarm', () => {
  const shell = new FakeShell(rideId)
  const driver = shell.join(driverPass('started', { expiresAt: shell.now + 1000 }))
  shell.now += 1000
  shell.say(driver, positionAt(shell))
  expect(driver.closed).toBe('pass_expired')
})

test('frames of strangers are ignored', () => {
  const { shell, driver, passenger } = liveRide()
  shell.hangUp(driver)
  shell.say(driver, positionAt(shell))
  expect(passenger.frames).toEqual([])
})
