import { expect, test } from 'vitest'
import { decodePolyline } from '#packages/geo/polyline.ts'
import { distanceMetres } from '#packages/geo/position.ts'
import { MAX_TRACE_POINTS, RING_SIZE, TRACE_RETRY_MS } from './limits.ts'
import type { FakeShell, FakeSocket } from './testing/fake-shell.ts'
import { onRoad } from './testing/planned-ride.ts'
import { driverPass, heard, liveRide, passengerPass, positionAt, rideEvent } from './testing/ride-fixture.ts'
import { cutTrace, drawTrace } from './trace.ts'
import type { TrackPoint } from './track-point.ts'

/** Drives east, 20 m a second with a bend every kilometre. */
function drive(shell: FakeShell, driver: FakeSocket, seconds: number): void {
  for (let i = 0; i < seconds; i++) {
    const metres = (shell.now - Date.UTC(2026, 10, 22, 6)) / 50
    shell.say(driver, positionAt(shell, 0, onRoad(metres, Math.abs((metres % 2000) - 1000))))
    shell.pass(1000)
  }
}

test('when the ride ends its trace is handed over as one thinned line, and forgotten', () => {
  const { shell, driver } = liveRide()
  drive(shell, driver, 300)
  shell.announce(rideEvent(1, 'completed'))
  shell.pass(1)
  const [line] = shell.traces
  expect(shell.traces).toHaveLength(1)
  expect(line).toMatchObject({ startedAt: '2026-11-22T06:00:00.000Z' })
  const points = decodePolyline(line?.polyline ?? '')
  expect(points.length).toBeLessThan(20)
  expect(points).toHaveLength(line?.seconds.length ?? 0)
  const bend = line?.seconds.findIndex((each) => Math.abs(each - 50) <= 3) ?? -1
  expect(distanceMetres(points[bend] ?? onRoad(0), onRoad(1000, 0))).toBeLessThan(60)
  expect(Math.abs((line?.metres ?? 0) - 300 * 28.3)).toBeLessThan(100)
  // The alarm for a second attempt finds nothing to do.
  shell.pass(TRACE_RETRY_MS.first)
  expect([shell.track, shell.room.traceDue, shell.alarmAt]).toEqual([[], null, null])
  expect(shell.traces).toHaveLength(1)
})

test('it is tried again until the database has it, through sleep and crashes', () => {
  const { shell, driver } = liveRide()
  drive(shell, driver, 30)
  shell.databaseIsUp = false
  shell.announce(rideEvent(1, 'completed'))
  shell.pass(1)
  shell.hibernate()
  shell.pass(TRACE_RETRY_MS.first)
  shell.crash()
  shell.pass(4 * TRACE_RETRY_MS.first)
  expect(shell.traces.length).toBeGreaterThanOrEqual(3)
  shell.databaseIsUp = true
  shell.pass(TRACE_RETRY_MS.longest)
  const tries = shell.traces.length
  shell.pass(10 * TRACE_RETRY_MS.longest)
  expect(shell.traces).toHaveLength(tries)
  expect(new Set(shell.traces.map((line) => JSON.stringify(line))).size).toBe(1)
  expect(shell.alarmAt).toBeNull()
})

test('asleep or awake, by socket, gateway or REST: the trace has all', () => {
  for (const gateway of [undefined, 'g1']) {
    const { shell } = liveRide()
    const driver = shell.join(driverPass(), null, gateway)
    for (let i = 0; i < 10; i++) {
      drive(shell, driver, 7)
      if (gateway === undefined) shell.evict()
      else shell.hibernate()
    }
    shell.announce(rideEvent(1, 'completed'))
    shell.pass(1)
    const [first] = shell.traces
    expect(first?.seconds.at(-1)).toBe(
      Math.round((Date.parse(first?.endedAt ?? '') - Date.parse(first?.startedAt ?? '')) / 1000),
    )
    expect(shell.track).toEqual([])
    expect(first?.metres).toBeGreaterThan(60 * 28)
  }
})

test('a ride that was cancelled before its start has no trace', () => {
  const { shell } = liveRide()
  shell.room.status = 'scheduled'
  shell.announce(rideEvent(1, 'cancelled'))
  shell.pass(60_000)
  expect(shell.traces).toEqual([])
})

test('who was away for longer than the ring reaches gets the way since, from their boarding time on', () => {
  const { shell, driver, passenger } = liveRide()
  drive(shell, driver, 10)
  const last = heard(passenger, 'position').at(-1)
  shell.hangUp(passenger)
  shell.join(passengerPass(2))
  drive(shell, driver, RING_SIZE + 20)
  const back = shell.join(passengerPass(1), last?.seq)
  expect(back.frames.map(({ type }) => type)).toEqual(['trace', 'snapshot'])
  expect(Date.parse(heard(back, 'trace')[0]?.startedAt ?? '')).toBeGreaterThan(Date.parse(last?.at ?? ''))
  expect(heard(back, 'snapshot')[0]?.resumed).toBe(false)
  const late = shell.join(passengerPass(3, 'started', { positionsFrom: shell.now - 60_000 }), 1)
  expect(Date.parse(heard(late, 'trace')[0]?.startedAt ?? '')).toBeGreaterThanOrEqual(shell.now - 60_000)
  const early = shell.join(passengerPass(4, 'started', { positionsFrom: shell.now + 1 }), 1)
  expect(heard(early, 'trace')).toEqual([])
})

test('a trace is bounded, ordered by time, without doubles, and can be cut', () => {
  const points = Array.from({ length: 20_000 }, (_, i): TrackPoint => {
    const { lat, lng } = onRoad(i * 10, (i % 7) * 30)
    return [i, i * 1000, lat, lng]
  })
  const line = drawTrace([...points.toReversed(), ...points.slice(0, 10)])
  expect(line?.seconds.length).toBeLessThanOrEqual(MAX_TRACE_POINTS * 1.1)
  expect(line?.seconds).toEqual(line?.seconds.toSorted((a, b) => a - b))
  expect(drawTrace([])).toBeNull()
  const one = drawTrace(points.slice(0, 1))
  expect(one).toMatchObject({ seconds: [0], metres: 0 })
  if (!line) throw new Error('no line')
  expect(cutTrace(line, 0)).toBe(line)
  expect(cutTrace(line, 10_000_000)?.startedAt).toMatch(/^1970-01-01T02:46:40/)
  expect(cutTrace(line, 1e9)).toBeNull()
})
