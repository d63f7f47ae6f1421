import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkpointKeeper } from './room.ts'
import { Device } from './testing/device.ts'
import { FakeShell } from './testing/fake-shell.ts'
import { onRoad, plannedRide } from './testing/planned-ride.ts'
import {
  bookingEvent,
  driverPass,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
  viewerPass,
} from './testing/ride-fixture.ts'

/**
 * Devices: the witness (passenger 0, always there), two passengers with two devices each, one of them behind a gateway and
 * one with a pass that ends soon, a passenger whose time to see the car comes later, a viewer, and the driver's three
 * devices, the last one behind a gateway.
 */
const DRIVERS = [7, 8, 9]
const who = fc.integer({ min: 1, max: 9 })
/** Mostly the driver's devices report; now and then a passenger tries. Most fixes are in time, some late or from the future. */
const reporter = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...DRIVERS) }, who)
const ahead = fc.oneof({ weight: 9, arbitrary: fc.nat(2000) }, fc.integer({ min: -3000, max: 60_000 }))
const ms = fc.oneof({ weight: 9, arbitrary: fc.nat(3000) }, fc.nat(40_000))
const place = fc.record({
  metres: fc.constantFrom(0, 50, 3000, 5000, 10_000, 10_050, 20_000),
  off: fc.constantFrom(0, 0, 60, 600),
})
const interruption = fc.constantFrom('ring', 'ring timer', 'hibernate', 'evict', 'evict', 'crash')

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('join'), who, resuming: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resume'), who, back: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hang up'), who }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('report'), who: reporter, ahead, place }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('stay'),
      who: fc.constantFrom(...DRIVERS),
      place,
      seconds: fc.nat(15),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('rest'), batch: fc.array(ahead, { maxLength: 4 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('book'), passenger: fc.integer({ min: 1, max: 2 }), n: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('start'), n: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), ms }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('clock'), jump: fc.integer({ min: -100_000, max: 100_000 }) }),
  },
  { weight: 2, arbitrary: fc.record({ do: interruption }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

function people(): Device[] {
  const passenger = (n: number, gateway?: string) => new Device(() => passengerPass(n, 'scheduled'), gateway)
  const driver = (gateway?: string) => new Device(() => driverPass('scheduled'), gateway)
  const brief = new Device((now) => passengerPass(2, 'scheduled', { expiresAt: now + 15_000 }))
  const boardsLater = new Device(() =>
    passengerPass(3, 'scheduled', { positionsFrom: Date.UTC(2026, 10, 22, 6, 1) }),
  )
  const viewer = new Device((now) => viewerPass(1, now, 'scheduled'))
  return [
    ...[passenger(0), passenger(1), passenger(1, 'g1'), passenger(2), brief, boardsLater, viewer],
    ...[driver(), driver(), driver('g2')],
  ]
}

/** Whether memory is all that knows the newest position, so that a timer keeps the object from sleeping. */
function wouldLose({ room }: FakeShell): boolean {
  return room.unsavedSince !== null && (!checkpointKeeper(room) || room.kept.isOld)
}

function interrupt(shell: FakeShell, devices: Device[], how: string): void {
  if (how === 'ring') shell.ringAlarm()
  else if (how === 'ring timer') shell.ringTimer()
  else if (how === 'hibernate') shell.hibernate()
  else if (how === 'evict') shell.evict()
  else if (how === 'crash') {
    shell.crash()
    for (const each of devices) each.lose()
  }
}

function perform(shell: FakeShell, devices: Device[], action: Step): void {
  const device = 'who' in action ? devices[action.who] : undefined
  const at = 'place' in action ? onRoad(action.place.metres, action.place.off) : onRoad(0)
  if ('resuming' in action) device?.join(shell, action.resuming ? device.last : null)
  else if ('back' in action) device?.resume(shell, action.back)
  else if ('seconds' in action) {
    for (let i = 0; i < action.seconds; i++) {
      if (device?.socket) shell.say(device.socket, positionAt(shell, 0, at))
      shell.pass(1000)
    }
  } else if ('ahead' in action) {
    if (device?.socket) shell.say(device.socket, positionAt(shell, action.ahead, at))
  } else if ('batch' in action) {
    const fixes = action.batch.map((each) => ({ ...at, at: positionAt(shell, each).at }))
    shell.report(driverPass('scheduled'), ...fixes)
  } else if ('passenger' in action) shell.announce(bookingEvent(action.n, action.passenger, 'boarded'))
  else if ('n' in action) shell.announce(rideEvent(100 + action.n, 'started'))
  else if ('ms' in action) shell.pass(action.ms)
  else if ('jump' in action) shell.now += action.jump
  else if (action.do === 'hang up') device?.hangUp(shell)
  else interrupt(shell, devices, action.do)
}

interface Story {
  devices: Device[]
  shell: FakeShell
  /** Whether positions were lost, as a machine that breaks may lose those of ten seconds. */
  lost: boolean
  /** Whether the clock jumped. */
  jumped: boolean
}

function run(steps: Step[]): Story {
  const shell = new FakeShell(rideId)
  shell.plan = plannedRide()
  const devices = people()
  const readAll = () => {
    for (const device of devices) device.read(shell.room.seq)
  }
  let lost = false
  for (const action of [...steps, { do: 'ring' } as const]) {
    // The witness comes back at once, so it hears every position that is told.
    devices[0]?.join(shell, null)
    readAll()
    lost ||= action.do === 'crash' || (action.do === 'evict' && wouldLose(shell))
    perform(shell, devices, action)
    readAll()
  }
  return { devices, shell, lost, jumped: steps.some((each) => each.do === 'clock') }
}

const steps = fc.array(step, { minLength: 20, maxLength: 200, size: 'max' })

/** Looks for a story that the check throws at. */
function inEveryStory(check: (story: Story) => void): void {
  fc.assert(fc.property(steps, (each) => check(run(each))))
}

test('numbers strictly increase for everyone, through resumes, hibernations and crashes', () => {
  inEveryStory(({ devices }) => {
    for (const { events } of devices) {
      const numbers = events.map(({ seq }) => seq)
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
    }
  })
})

/** The positions that a device heard with numbers in (from, to]. */
function positions(device: Device | undefined, { from, to }: { from: number; to: number }) {
  return device?.events.filter(({ type, seq }) => type === 'position' && seq > from && seq <= to)
}

test('a passenger hears every position exactly once in every range that it can vouch for', () => {
  inEveryStory(({ devices: [witness, ...others], jumped }) => {
    // The fourth leaves when its pass ends; until the alarm says so, a clock that jumped ends it unnoticed.
    for (const device of others.slice(0, jumped ? 3 : 4)) {
      for (const range of device.covered) expect(positions(device, range)).toEqual(positions(witness, range))
    }
  })
})

test('no position is older than one told before, unless a crash lost it', () => {
  inEveryStory(({ devices: [witness], lost }) => {
    if (lost) return
    const times = witness?.events.flatMap((event) => (event.type === 'position' ? [Date.parse(event.at)] : []))
    expect(times).toEqual(times?.toSorted((a, b) => a - b))
  })
})

test('nothing on the way is told twice, and each thing on or off in turn', () => {
  inEveryStory(({ devices: [witness], lost }) => {
    if (lost) return
    const heard = witness?.events ?? []
    const once = heard.flatMap((event) => (event.type === 'stop_reached' ? [`stop ${event.stop}`] : []))
    expect(once).toEqual([...new Set(once)])
    const off = heard.flatMap((event) => (event.type === 'off_route' ? [event.off] : []))
    expect(off.some((each, i) => each === off[i - 1])).toBe(false)
  })
})

test('nobody sees what is not theirs, or too early', () => {
  inEveryStory(({ devices, jumped }) => {
    for (const [i, { events, pass, heardAt }] of devices.entries()) {
      const holder = pass(0)
      for (const event of events) {
        const own = holder.role === 'passenger' ? holder.bookingId : undefined
        if (holder.role === 'driver') expect(event.type).not.toBe('position')
        else if (event.type === 'booking' || event.type === 'arrival')
          expect([i, event.bookingId]).toEqual([i, own])
        if (holder.role === 'viewer') expect(['position', 'ride', 'stale']).toContain(event.type)
        if (
          holder.role === 'passenger' &&
          holder.positionsFrom !== undefined &&
          !jumped &&
          event.type === 'position'
        )
          expect(heardAt.get(event.seq)).toBeGreaterThanOrEqual(holder.positionsFrom)
      }
    }
  })
})

test('when nothing interrupts it any more, the newest position has been told to who follows', () => {
  inEveryStory(({ devices: [witness], shell, lost }) => {
    if (lost) return
    witness?.join(shell, null)
    witness?.read(shell.room.seq)
    shell.ringAlarm()
    shell.pass(2000)
    const frames = witness?.socket?.frames ?? []
    const shown = frames.flatMap((frame) => {
      if (frame.type === 'position') return [frame.at]
      return frame.type === 'snapshot' && frame.position ? [frame.position.at] : []
    })
    const newest = shell.room.position
    if (newest !== null) expect(shown.at(-1)).toBe(new Date(newest.at).toISOString())
  })
})

test('the stories are worth telling', () => {
  const stories = fc.sample(steps, { numRuns: 100, seed: 7 }).map(run)
  const devices = stories.flatMap(({ devices: all }) => all)
  const events = devices.flatMap((device) => device.events)
  const resumed = devices.flatMap(({ covered }) => covered.filter(({ from, to }) => to > from))
  const count = (type: string) => events.filter((event) => event.type === type).length
  expect(resumed.length).toBeGreaterThan(500)
  expect(count('position')).toBeGreaterThan(1000)
  for (const type of ['stop_reached', 'arrival', 'off_route', 'booking', 'stale'])
    expect([type, count(type) > 10]).toEqual([type, true])
})
