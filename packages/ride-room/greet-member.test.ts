import { expect, test } from 'vitest'
import { RING_SIZE } from './limits.ts'
import type { FakeSocket } from './testing/fake-shell.ts'
import { bookingEvent, heard, liveRide, passengerPass, positionAt } from './testing/ride-fixture.ts'

/** What a socket heard, as `type seq` in order. */
const told = ({ frames }: FakeSocket) => frames.map((f) => ('seq' in f ? `${f.type} ${f.seq}` : f.type))

/** A ride with three positions told, numbers 2 to 4. */
function threePositions() {
  const ride = liveRide()
  for (let i = 0; i < 3; i++) {
    ride.shell.say(ride.driver, positionAt(ride.shell))
    ride.shell.pass(1000)
  }
  ride.shell.hangUp(ride.passenger)
  return ride
}

test('who joins again with a number gets exactly what was missed, then a snapshot', () => {
  const { shell } = threePositions()
  const passenger = shell.join(passengerPass(1), 2)
  expect(told(passenger)).toEqual(['position 3', 'position 4', 'snapshot 4'])
  expect(heard(passenger, 'snapshot')[0]?.resumed).toBe(true)
})

test('the resume frame does the same after joining', () => {
  const { shell } = threePositions()
  const passenger = shell.join(passengerPass(1))
  shell.say(passenger, { type: 'resume', after: 3 })
  expect(told(passenger)).toEqual(['snapshot 4', 'position 4', 'snapshot 4'])
})

test('a second resume, or one after live events, gets a snapshot, so numbers never go back', () => {
  const { shell, driver } = threePositions()
  const passenger = shell.join(passengerPass(1))
  shell.say(driver, positionAt(shell, 10))
  shell.say(passenger, { type: 'resume', after: 2 })
  expect(told(passenger)).toEqual(['snapshot 4', 'position 5', 'snapshot 5'])
  expect(heard(passenger, 'snapshot')[1]?.resumed).toBe(false)
  shell.say(passenger, { type: 'resume', after: 2 })
  expect(told(passenger).slice(3)).toEqual(['snapshot 5'])
})

test('a number that the room has forgotten or not reached gets a snapshot', () => {
  const { shell, driver } = threePositions()
  shell.join(passengerPass(2))
  for (let i = 0; i < RING_SIZE; i++) {
    shell.pass(1000)
    shell.say(driver, positionAt(shell))
  }
  expect(told(shell.join(passengerPass(1), 3))).toEqual(['snapshot 260'])
  expect(told(shell.join(passengerPass(1), 261))).toEqual(['snapshot 260'])
  expect(shell.join(passengerPass(1), 4).frames).toHaveLength(RING_SIZE + 1)
})

test('after a hibernation only who missed nothing has resumed', () => {
  const { shell } = threePositions()
  shell.hibernate()
  expect(heard(shell.join(passengerPass(1), 3), 'snapshot')).toMatchObject([{ seq: 4, resumed: false }])
  expect(heard(shell.join(passengerPass(1), 4), 'snapshot')).toMatchObject([{ seq: 4, resumed: true }])
})

test('nobody rewinds to before they were here, or into the business of others', () => {
  const { shell, passenger } = liveRide()
  const second = shell.join(passengerPass(2))
  shell.announce(bookingEvent(1, 1, 'boarded'))
  expect(told(passenger)).toEqual(['booking 2'])
  shell.hangUp(second)
  expect(told(shell.join(passengerPass(2), 1))).toEqual(['snapshot 2'])
  const stranger = shell.join(passengerPass(3), 1)
  expect(heard(stranger, 'snapshot')).toMatchObject([{ resumed: false }])
})
