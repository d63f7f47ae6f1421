import { expect, test } from 'vitest'
import { createRoom } from './room.ts'
import { MemberRecord, RoomRecord } from './room-record.ts'
import { bookingEvent, liveRide, passengerPass, positionAt, rideId } from './testing/ride-fixture.ts'

test('the checkpoint of a socket that is no longer the source is not believed', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, positionAt(shell))
  const leftOver = MemberRecord.parse(JSON.parse(driver.record ?? ''))
  shell.hangUp(driver)
  shell.announce(bookingEvent(1, 1, 'boarded'))
  const stored = RoomRecord.parse(JSON.parse(shell.stored ?? ''))
  expect(leftOver.checkpoint?.seq).toBe(2)
  expect(createRoom(rideId, stored, [['s1', leftOver]], shell.now)).toMatchObject({ seq: 3, source: null })
})

test('a room and its members are plain data that survives JSON', () => {
  const { shell, driver } = liveRide()
  shell.join(passengerPass(2))
  shell.say(driver, positionAt(shell))
  const before = structuredClone(shell.room)
  shell.hibernate()
  expect([...shell.room.members.keys()]).toEqual([...before.members.keys()])
  expect(shell.room).toMatchObject({ seq: before.seq, position: before.position, status: 'started' })
})

test('a crowd of records costs little: a member fits its socket’s attachment many times', () => {
  const { shell, driver } = liveRide()
  shell.say(driver, positionAt(shell, 0, { heading: 359.999, speed: 33.333, accuracy: 12.345 }))
  expect(driver.record?.length).toBeLessThan(1024)
})
