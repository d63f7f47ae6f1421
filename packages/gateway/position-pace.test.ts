import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_WAIT_MS } from '#packages/ride-room/limits.ts'
import { FakeShell } from '#packages/ride-room/testing/fake-shell.ts'
import {
  driverPass,
  heard,
  passengerPass,
  positionAt,
  rideId,
} from '#packages/ride-room/testing/ride-fixture.ts'
import { MAX_HOLD_MS, MAX_RIDES, MAX_TOGETHER } from './limits.ts'
import { PositionPace } from './position-pace.ts'

const driver = { name: 'driver' }

/** What goes when positions numbered from 0 come at these instants. */
function goes(instants: readonly number[], until: number) {
  const pace = new PositionPace<object, number>()
  const gone: { at: number; reports: number[] }[] = []
  const ring = (now: number) => {
    for (let due = pace.nextDue(); due !== null && due <= now; due = pace.nextDue())
      for (const { reports } of pace.takeDue(due)) gone.push({ at: due, reports })
  }
  for (const [n, at] of instants.entries()) {
    ring(at - 1)
    const batch = pace.offer(driver, 'r', n, at)
    if (batch) gone.push({ at, reports: batch.reports })
  }
  ring(until)
  return gone
}

const at5Hz = (seconds: number) => Array.from({ length: seconds * 5 }, (_, n) => n * 200)

test('at five a second the first goes at once, the others together about once a second, and none is left out', () => {
  const gone = goes(at5Hz(20), 30_000)
  expect(gone[0]).toEqual({ at: 0, reports: [0] })
  expect(gone.flatMap(({ reports }) => reports)).toEqual(Array.from({ length: 100 }, (_, n) => n))
  expect(gone.length).toBeLessThanOrEqual(23)
  // They bring the next of themselves: no timer is needed while they come.
  expect(gone.slice(0, -1).every(({ at }) => at % 200 === 0)).toBe(true)
})

test('at one a second, unevenly, none waits', () => {
  const instants = [0, 800, 2000, 2950, 4000, 4850, 6000]
  expect(goes(instants, 9000).map(({ at }) => at)).toEqual(instants)
})

test('a burst goes as soon as it is as much as a room takes at once', () => {
  const gone = goes(
    Array.from({ length: MAX_TOGETHER + 1 }, () => 0),
    0,
  )
  expect(gone.map(({ reports }) => reports.length)).toEqual([1, MAX_TOGETHER])
})

test('a clock that is set back holds nothing up', () => {
  const pace = new PositionPace<object, number>()
  pace.offer(driver, 'r', 0, 5_000_000)
  pace.offer(driver, 'r', 1, 5_000_100)
  expect(pace.takeDue(4_000_000).map(({ reports }) => reports)).toEqual([[1]])
})

test('what is held of a client is taken once, and nobody else’s', () => {
  const pace = new PositionPace<object, number>()
  const other = {}
  for (const [client, ride] of [
    [driver, 'r'],
    [driver, 's'],
    [other, 'r'],
  ] as const)
    for (const n of [0, 1]) pace.offer(client, ride, n, n)
  expect(pace.take(driver).map(({ rideId: ride, reports }) => [ride, reports])).toEqual([
    ['r', [1]],
    ['s', [1]],
  ])
  expect(pace.take(driver)).toEqual([])
  expect(pace.takeDue(10_000).map(({ client }) => client)).toEqual([other])
  expect(pace.nextDue()).toBeNull()
})

test('who names ever new rides is not remembered for each of them', () => {
  const pace = new PositionPace<object, number>()
  for (let n = 0; n < MAX_RIDES * 2; n++) expect(pace.offer(driver, `ride ${n}`, n, 0)).not.toBeNull()
  // Forgotten, so it may go at once again.
  expect(pace.offer(driver, 'ride 0', 1, 1)).not.toBeNull()
})

const LONGEST_DELAY_MS = 300

/** Positions of a driver behind a gateway on their way through the gateway's pace and the room's, to a passenger. */
function throughBoth(gaps: readonly number[], delays: readonly number[]) {
  const shell = new FakeShell(rideId)
  const car = shell.join(driverPass(), null, 'g1')
  const passenger = shell.join(passengerPass(1), null, 'g2')
  const pace = new PositionPace<object, ReturnType<typeof positionAt>>()
  const onTheWay: { at: number; say: () => void }[] = []
  const start = shell.now
  let sends = 0
  const send = ({ reports, since }: { reports: unknown[]; since: number }) => {
    const waited = shell.now - since
    const arrives = shell.now + (delays[sends++ % delays.length] ?? 0)
    // One call at a time: none overtakes the one before.
    const at = Math.max(arrives, onTheWay.at(-1)?.at ?? 0)
    onTheWay.push({ at, say: () => shell.sayTogether(car, reports, waited) })
  }
  const pass = (until: number) => {
    while (shell.now < until) {
      shell.pass(1)
      if ((pace.nextDue() ?? until) <= shell.now) for (const batch of pace.takeDue(shell.now)) send(batch)
      while ((onTheWay[0]?.at ?? until + 1) <= shell.now) onTheWay.shift()?.say()
    }
  }
  const sent: number[] = []
  for (const gap of gaps) {
    sent.push(shell.now)
    const batch = pace.offer(driver, rideId, positionAt(shell), shell.now)
    if (batch) send(batch)
    pass(shell.now + gap)
  }
  pass(shell.now + 2000)
  const told = heard(passenger, 'position').map(({ at }, n) => ({
    of: Date.parse(at),
    at: passenger.times[n + 1] ?? 0,
  }))
  return { sent, told, seconds: (shell.now - start) / 1000, dropped: shell.room.dropped }
}

test('over gateway and room together none waits longer than a second, and the room has got every one', () => {
  const gaps = fc.array(fc.oneof(fc.integer({ min: 100, max: 300 }), fc.integer({ min: 100, max: 1500 })), {
    minLength: 3,
    maxLength: 40,
  })
  fc.assert(
    fc.property(gaps, fc.array(fc.nat(LONGEST_DELAY_MS), { minLength: 1 }), (pauses, delays) => {
      const { sent, told, seconds, dropped } = throughBoth(pauses, delays)
      for (const instant of sent) {
        const heardOf = told.find(({ of }) => of >= instant)
        expect((heardOf?.at ?? Number.POSITIVE_INFINITY) - instant).toBeLessThanOrEqual(
          MAX_WAIT_MS + LONGEST_DELAY_MS,
        )
      }
      expect(told.length).toBeLessThanOrEqual(2 + seconds / 0.95)
      expect(dropped).toEqual({ tooFast: 0, outOfOrder: 0, inaccurate: 0 })
    }),
    { numRuns: 100 },
  )
})

test('what the gateway has paced the room tells at once', () => {
  const delay = 20
  const { told } = throughBoth(
    Array.from({ length: 50 }, () => 200),
    [delay],
  )
  expect(told.length).toBeGreaterThanOrEqual(10)
  // The newest of each batch is fresh: only the last one has been held.
  for (const { of, at } of told.slice(0, -1)) expect(at - of).toBe(delay)
  const last = told.at(-1)
  expect((last?.at ?? 0) - (last?.of ?? 0)).toBeLessThanOrEqual(MAX_HOLD_MS + delay)
})
