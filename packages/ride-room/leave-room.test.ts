import { expect, test } from 'vitest'
import { SAVE_EVERY_MS, SEQ_BLOCK } from './limits.ts'
import { heard, liveRide, passengerPass, positionAt } from './testing/ride-fixture.ts'

/** A ride on which a position was told each second for fifty seconds, numbers 2 to 51. */
function fiftyPositions() {
  const ride = liveRide()
  for (let i = 0; i < 50; i++) {
    ride.shell.say(ride.driver, positionAt(ride.shell, 0, { speed: i }))
    ride.shell.pass(1000)
  }
  return ride
}

test('asleep, the position and the number stay with the driver’s socket', () => {
  const { shell } = fiftyPositions()
  const saves = shell.saves
  shell.evict()
  expect(heard(shell.join(passengerPass(2)), 'snapshot')).toMatchObject([{ seq: 51, position: { speed: 49 } }])
  expect(shell.saves).toBe(saves)
})

test('when the driver leaves, the last position and number go to storage', () => {
  const { shell, driver } = fiftyPositions()
  shell.hangUp(driver)
  shell.crash()
  expect(heard(shell.join(passengerPass(2)), 'snapshot')).toMatchObject([{ seq: 51, position: { speed: 49 } }])
})

test('a crash skips numbers, repeats none and loses at most ten seconds of positions', () => {
  const { shell } = fiftyPositions()
  shell.crash()
  const [snapshot] = heard(shell.join(passengerPass(2)), 'snapshot')
  expect(snapshot?.position?.speed).toBeGreaterThanOrEqual(50 - SAVE_EVERY_MS / 1000)
  expect(snapshot?.seq).toBeGreaterThan(51)
  expect(snapshot?.seq).toBeLessThanOrEqual(51 + SEQ_BLOCK)
})

test('a passenger who leaves costs nothing', () => {
  const { shell, passenger } = fiftyPositions()
  const saves = shell.saves
  shell.hangUp(passenger)
  expect(shell.saves).toBe(saves)
})
