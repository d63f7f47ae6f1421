import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_WAIT_MS, PACE } from './limits.ts'
import { driverPass, heard, liveRide, passengerPass, positionAt } from './testing/ride-fixture.ts'

test('the first position after a silence is told at once, later ones about once a second, the last one always', () => {
  const { shell, driver, passenger } = liveRide()
  for (let i = 0; i < 25; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    if (i === 0) expect(heard(passenger, 'position')).toHaveLength(1)
    shell.pass(200)
  }
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([0, 4, 9, 13, 18, 23])
  shell.pass(2000)
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([0, 4, 9, 13, 18, 23, 24])
})

test('of a stream nothing rings in vain: each position that comes in time takes the timer’s place', () => {
  const { shell, driver } = liveRide()
  for (let i = 0; i < 100; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    const { timersRung, room } = shell
    const { seq } = room
    shell.pass(200)
    expect(shell.timersRung - timersRung).toBeLessThanOrEqual(room.seq - seq)
  }
  expect(shell.timersRung).toBeLessThan(10)
  shell.pass(3000)
  expect(shell.timerAt).toBeNull()
})

test('at one a second, unevenly, none waits', () => {
  const { shell, driver, passenger } = liveRide()
  for (let i = 0; i < 20; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    expect(heard(passenger, 'position')).toHaveLength(i + 1)
    shell.pass([800, 1200, 950, 1050][i % 4] ?? 1000)
  }
})

test('where nobody follows nothing is encoded, and who comes sees the newest', () => {
  const { shell, driver, passenger } = liveRide()
  shell.hangUp(passenger)
  const { seq } = shell.room
  for (let i = 0; i < 10; i++) {
    shell.say(driver, positionAt(shell, 0, { speed: i }))
    shell.pass(300)
  }
  expect([shell.room.seq, shell.room.ring.length]).toEqual([seq, 1])
  expect(heard(shell.join(passengerPass(2)), 'snapshot')).toMatchObject([{ position: { speed: 9 } }])
})

test('a position that waits is told before the object sleeps', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, 0, { speed: 1 }))
  shell.pass(100)
  shell.say(driver, positionAt(shell, 0, { speed: 2 }))
  shell.hibernate()
  shell.pass(60_000)
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([1, 2])
})

test('a clock that is set back holds no position up', () => {
  const { shell, driver, passenger } = liveRide()
  shell.say(driver, positionAt(shell, 0, { speed: 1 }))
  shell.now -= 3_600_000
  shell.say(driver, positionAt(shell, 3_600_001, { speed: 2 }))
  shell.pass(1000)
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([1, 2])
})

test('however the driver reports: no position waits longer than a second, and few frames are sent', () => {
  const pauses = fc.array(fc.oneof(fc.nat(300), fc.nat(1500)), { minLength: 5, maxLength: 80 })
  fc.assert(
    fc.property(pauses, (gaps) => {
      const { shell, driver, passenger } = liveRide()
      const start = shell.now
      let newest = { at: start, told: 0 }
      const check = () => {
        const frames = heard(passenger, 'position')
        const last = frames.at(-1)
        if (last && Date.parse(last.at) >= newest.at)
          newest = { at: Number.POSITIVE_INFINITY, told: frames.length }
        else expect(shell.now - newest.at).toBeLessThanOrEqual(MAX_WAIT_MS)
      }
      for (const gap of gaps) {
        shell.say(driver, positionAt(shell))
        if (!Number.isFinite(newest.at)) newest.at = shell.now
        check()
        for (let left = gap; left > 0; left -= 50) {
          shell.pass(Math.min(50, left))
          check()
        }
      }
      shell.pass(MAX_WAIT_MS)
      check()
      expect(heard(passenger, 'position').length).toBeLessThanOrEqual(
        2 + ((shell.now - start) / 1000) * PACE.perSecond,
      )
    }),
  )
})

test('a driver on two devices is still one car', () => {
  const { shell, driver, passenger } = liveRide()
  const second = shell.join(driverPass())
  shell.say(driver, positionAt(shell))
  shell.pass(100)
  shell.say(second, positionAt(shell, 0, { speed: 7 }))
  shell.pass(2000)
  expect(heard(passenger, 'position').map(({ speed }) => speed)).toEqual([null, 7])
})
