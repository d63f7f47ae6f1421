import { expect, test } from 'vitest'
import { MAX_VIEWERS } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import {
  bookingEvent,
  heard,
  liveRide,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
  uuid,
  viewerPass,
} from './testing/ride-fixture.ts'

test('who has a share link sees the car, the status and silence, and nobody’s booking', () => {
  const { shell, driver } = liveRide()
  const viewer = shell.join(viewerPass(1, shell.now))
  shell.announce(bookingEvent(1, 1, 'boarded'))
  shell.say(driver, positionAt(shell))
  shell.pass(30_000)
  expect(viewer.frames.map(({ type }) => type)).toEqual(['snapshot', 'position', 'stale'])
  expect(heard(viewer, 'snapshot')[0]?.you).toEqual({ role: 'viewer', positionsFrom: null })
  shell.say(viewer, positionAt(shell, 1))
  expect(heard(viewer, 'error')).toMatchObject([{ code: 'not_the_driver' }])
  shell.announce(rideEvent(9, 'completed'))
  expect(viewer.closed).toBe('ride_completed')
})

test('a revoked link closes its viewers, those of others stay, and it lets nobody in', () => {
  const { shell, passenger } = liveRide()
  const [one, two] = [shell.join(viewerPass(1, shell.now)), shell.join(viewerPass(2, shell.now))]
  shell.announce({ id: uuid(1001), type: 'link_revoked', linkId: uuid(401) })
  expect([one.closed, two.closed, passenger.closed]).toEqual(['removed', null, null])
  expect(shell.join(viewerPass(1, shell.now)).closed).toBe('removed')
})

test('a link ends when it expires', () => {
  const { shell } = liveRide()
  const viewer = shell.join(viewerPass(1, shell.now))
  shell.pass(3_600_000)
  expect(viewer.closed).toBe('pass_expired')
  expect(shell.join(viewerPass(1, shell.now - 3_600_000)).closed).toBe('pass_expired')
})

test('many may watch through one link, but they never keep the people of the ride out', () => {
  const shell = new FakeShell(rideId)
  const viewers = Array.from({ length: MAX_VIEWERS + 1 }, () => shell.join(viewerPass(1, shell.now)))
  expect(viewers.filter(({ closed }) => closed === null)).toHaveLength(MAX_VIEWERS)
  expect(viewers.at(-1)?.closed).toBe('room_full')
  expect(shell.join(passengerPass(1)).closed).toBeNull()
})
