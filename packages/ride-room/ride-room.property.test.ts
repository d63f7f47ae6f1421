import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { Device } from './testing/device.ts'
import { FakeShell } from './testing/fake-shell.ts'
import {
  bookingEvent,
  driverPass,
  passengerPass,
  positionAt,
  rideEvent,
  rideId,
} from './testing/ride-fixture.ts'

/** Devices: the witness (passenger 0, always there), two passengers with two devices each, the driver with two. */
const who = fc.integer({ min: 1, max: 6 })
/** Mostly the driver's devices report; now and then a passenger tries. Most fixes are in time, some late or from the future. */
const reporter = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(5, 6) }, who)
const ahead = fc.oneof({ weight: 9, arbitrary: fc.nat(2000) }, fc.integer({ min: -3000, max: 60_000 }))
const ms = fc.oneof({ weight: 9, arbitrary: fc.nat(3000) }, fc.nat(40_000))
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join'), who, resuming: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('resume'), who, back: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('hang up'), who }) },
  { weight: 9, arbitrary: fc.record({ do: fc.constant('report'), who: reporter, ahead }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('book'), passenger: fc.integer({ min: 1, max: 2 }), n: fc.nat(9) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('start'), n: fc.nat(3) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait'), ms }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('ring', 'hibernate', 'hibernate', 'crash') }) },
)
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never

const passenger = (n: number) => new Device(() => passengerPass(n, 'scheduled'))
const driver = () => new Device(() => driverPass('scheduled'))

function people(): Device[] {
  const brief = new Device((now) => passengerPass(2, 'scheduled', { expiresAt: now + 15_000 }))
  return [passenger(0), passenger(1), passenger(1), passenger(2), brief, driver(), driver()]
}

function perform(shell: FakeShell, devices: Device[], action: Step): void {
  const device = 'who' in action ? devices[action.who] : undefined
  if ('resuming' in action) device?.join(shell, action.resuming ? device.last : null)
  else if ('back' in action) device?.resume(shell, action.back)
  else if ('ahead' in action) {
    if (device?.socket) shell.say(device.socket, positionAt(shell, action.ahead))
  } else if ('passenger' in action) shell.announce(bookingEvent(action.n, action.passenger, 'boarded'))
  else if ('n' in action) shell.announce(rideEvent(100 + action.n, 'started'))
  else if ('ms' in action) shell.pass(action.ms)
  else if (action.do === 'hang up') device?.hangUp(shell)
  else if (action.do === 'ring') shell.ringAlarm()
  else if (action.do === 'hibernate') shell.hibernate()
  else if (action.do === 'crash') {
    shell.crash()
    for (const each of devices) each.lose()
  }
}

function run(steps: Step[]): Device[] {
  const shell = new FakeShell(rideId)
  const devices = people()
  const readAll = () => {
    for (const device of devices) device.read(shell.room.seq)
  }
  for (const action of [...steps, { do: 'ring' } as const]) {
    // The witness comes back at once, so it hears every position there is.
    devices[0]?.join(shell, null)
    readAll()
    perform(shell, devices, action)
    readAll()
  }
  return devices
}

const story = fc.array(step, { minLength: 20, maxLength: 200, size: 'max' }).map(run)

test('numbers strictly increase for everyone, through resumes, hibernations and crashes', () => {
  fc.assert(
    fc.property(story, (devices) => {
      for (const { events } of devices) {
        const numbers = events.map(({ seq }) => seq)
        expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b))
      }
    }),
  )
})

/** The positions that a device heard with numbers in (from, to]. */
function positions(device: Device | undefined, { from, to }: { from: number; to: number }) {
  return device?.events.filter(({ type, seq }) => type === 'position' && seq > from && seq <= to)
}

test('a passenger hears every position exactly once in every range that it can vouch for', () => {
  fc.assert(
    fc.property(story, ([witness, ...others]) => {
      for (const device of others.slice(0, 4)) {
        for (const range of device.covered) expect(positions(device, range)).toEqual(positions(witness, range))
      }
    }),
  )
})

test('nobody sees what is not theirs', () => {
  fc.assert(
    fc.property(story, (devices) => {
      for (const [i, { events, pass }] of devices.entries()) {
        const { bookingId, role } = pass(0)
        for (const event of events) {
          if (role === 'driver') expect(event.type).not.toBe('position')
          else if (event.type === 'booking') expect([i, event.bookingId]).toEqual([i, bookingId])
        }
      }
    }),
  )
})

test('the stories are worth telling', () => {
  const devices = fc.sample(story, { numRuns: 100, seed: 7 }).flat()
  const resumed = devices.flatMap(({ covered }) => covered.filter(({ from, to }) => to > from))
  const heard = devices.flatMap(({ events }) => events.filter(({ type }) => type === 'position'))
  expect(resumed.length).toBeGreaterThan(500)
  expect(heard.length).toBeGreaterThan(1000)
})
