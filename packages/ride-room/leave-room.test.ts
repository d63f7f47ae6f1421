import { expect, test } from 'vitest'
import { SAVE_EVERY_MS, SEQ_BLOCK } from './limits.ts'
import { heard, liveRide, passengerPass, positionAt } from './testing/ride-fixture.ts'

/** A ride on which 50 positions were told, numbers 2 to 51. */
function fiftyPositions() {
  const ride = liveRide()
  for (let i = 0; i < 50; i++) {
    ride.shell.say(ride.driver, positionAt(ride.shell, 0, { speed: i }))
    ride.shell.pass(100)
  }
  return ride
}

test('asleep, the position and the number stay with the driver’s socket', () => {
  const { shell } = fiftyPositions()
  const saves = shell.saves
  shell.hibernate()
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
  const { shell, driver } = fiftyPositions()
  shell.pass(SAVE_EVERY_MS - 5000)
  shell.say(driver, positionAt(shell, 0, { speed: 100 }))
  shell.say(driver, positionAt(shell, 1, { speed: 101 }))
  shell.crash()
  const [snapshot] = heard(shell.join(passengerPass(2)), 'snapshot')
  expect(snapshot?.position?.speed).toBe(100)
  expect(snapshot?.seq).toBeGreaterThan(53)
  expect(snapshot?.seq).toBeLessThanOrEqual(53 + SEQ_BLOCK)
})

test('a passenger who leaves costs nothing', () => {
  const { shell, passenger } = fiftyPositions()
  const saves = shell.saves
  shell.hangUp(passenger)
  expect(shell.saves).toBe(saves)
})
