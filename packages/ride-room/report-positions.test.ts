import { expect, test } from 'vitest'
import { POSITION_RATE, SAVE_EVERY_MS } from './limits.ts'
import { FakeShell } from './testing/fake-shell.ts'
import { driverPass, heard, liveRide, passengerPass, positionAt, rideId } from './testing/ride-fixture.ts'

const fix = (shell: FakeShell, ahead: number, speed: number) => {
  const { type: _, ...rest } = positionAt(shell, ahead, { speed })
  return rest
}

test('a batch shows its newest position, wherever it stands in it, and what was known before is no news', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, -5000, { speed: 1 }))
  shell.pass(1000)
  const batch = [fix(shell, 0, 9), fix(shell, -2000, 8), fix(shell, -60_000, 0)]
  expect(shell.report(driverPass(), ...batch)).toEqual({ accepted: 2 })
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([1, 9])
  expect(shell.report(driverPass(), ...batch)).toEqual({ accepted: 0 })
})

test('without any socket of the driver the position is kept too', () => {
  const shell = new FakeShell(rideId)
  const passenger = shell.join(passengerPass(1))
  for (let i = 0; i < 5; i++) {
    shell.report(driverPass(), fix(shell, 0, i))
    shell.pass(SAVE_EVERY_MS)
  }
  expect(heard(passenger, 'position')).toHaveLength(5)
  shell.hibernate()
  expect(heard(shell.join(passengerPass(2)), 'snapshot')).toMatchObject([{ position: { speed: 4 } }])
  const numbers = heard(passenger, 'position').map(({ seq }) => seq)
  expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
})

test('only the driver of this ride reports, and only on its way', () => {
  const { shell } = liveRide()
  expect(shell.report(passengerPass(1), fix(shell, 0, 1))).toEqual({ closed: 'unauthenticated' })
  expect(shell.report(driverPass('completed'), fix(shell, 0, 1))).toEqual({ closed: 'ride_completed' })
  const waiting = new FakeShell(rideId)
  expect(waiting.report(driverPass('scheduled'), fix(waiting, 0, 1))).toEqual({ accepted: 0 })
})

test('batches beyond the rate are dropped', () => {
  const { shell } = liveRide()
  const accepted = Array.from({ length: 2 * POSITION_RATE.burst }, (_, i) =>
    shell.report(driverPass(), fix(shell, i, i)),
  )
  expect(accepted.filter((outcome) => 'accepted' in outcome && outcome.accepted > 0)).toHaveLength(
    POSITION_RATE.burst,
  )
})
