import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { newPeople, newRide } from '../storms/new-ride.ts'
import { actStep } from './booking-model/act-step.ts'
import { bookStep } from './booking-model/book-step.ts'
import type { Model } from './booking-model/model.ts'
import { payStep } from './booking-model/pay-step.ts'
import { compareRefunds, forgetAnnouncements, type Real } from './booking-model/real.ts'
import { changeStep, passStep, rideStep, sweepStep } from './booking-model/ride-steps.ts'
import { insist, type Step } from './booking-model/step.ts'
import { joinStep, leaveStep, takeUpStep } from './booking-model/wait-steps.ts'
import { Whoever } from './booking-model/whoever.ts'
import { openWorld } from './open-world.ts'

/**
 * The whole machine of bookings and rides, with named seats, waiting and time, against a model of it: random commands, and
 * after each one the tables must be what the model says and break no invariant (scripts/storms/broken-invariants.ts).
 */
const START = Date.parse('2026-12-01T06:00:00Z')
const MINUTE_MS = 60_000
const RUNS = Number(process.env['MODEL_RUNS'] ?? 45)
const MAX_COMMANDS = 250
const LEGS = 3
const SEATS = ['1A', '2A', '2C']

const db = await openWorld()
let people: string[]
beforeAll(async () => {
  people = await newPeople(db, 6, new Date(START))
})

function commands() {
  const first = fc.nat(people.length - 1)
  const part = fc
    .record({
      legFrom: fc.nat(LEGS - 1),
      length: fc.integer({ min: 1, max: LEGS }),
      seats: fc.constantFrom(1, 1, 1, 2, 3),
    })
    .map(({ legFrom, length, seats }) => ({ legFrom, legTo: Math.min(LEGS, legFrom + length), seats }))
  const payWay = fc.constantFrom('cash' as const, 'online' as const)
  const named = fc.shuffledSubarray(SEATS, { minLength: 1 })
  const action = fc.constantFrom(
    ...([
      'accept',
      'accept',
      'accept',
      'reject',
      'cancel',
      'cancel',
      'cancel',
      'cancel',
      'board',
      'mark_absent',
    ] as const),
  )
  /** Mostly of whoever can, now and then of somebody who may not. */
  const of = <Input>(
    weight: number,
    input: fc.Arbitrary<Input>,
    make: (person: string, input: Input) => Step,
  ) => ({
    weight,
    arbitrary: fc.tuple(first, input, fc.nat(9)).map(([n, given, mood]) => {
      const each = (person: string) => make(person, given)
      return mood === 0 ? insist(each(people[n] ?? '')) : new Whoever(people, n, each)
    }),
  })
  const steps = [
    of(16, fc.tuple(part, payWay), (person, [what, way]) => bookStep(person, what, null, way)),
    of(8, fc.tuple(part, named, payWay), (person, [what, seats, way]) =>
      bookStep(person, { ...what, seats: seats.length }, seats, way),
    ),
    of(10, fc.constant(null), payStep),
    of(24, part, joinStep),
    of(2, fc.constant(null), leaveStep),
    of(20, payWay, takeUpStep),
    of(30, action, actStep),
    {
      weight: 3,
      arbitrary: fc.constantFrom('start', 'start', 'complete', 'complete', 'cancel').map(rideStep),
    },
    {
      weight: 6,
      arbitrary: fc.constantFrom(1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 4, 4, 4, 8, 8, 16, 170).map(passStep),
    },
    { weight: 24, arbitrary: fc.constant(null).map(sweepStep) },
    { weight: 1, arbitrary: fc.constant(null).map(changeStep) },
  ]
  // One arbitrary of all kinds, since only that can say how often each is wanted.
  return fc.noBias(fc.commands([fc.oneof(...steps)], { maxCommands: MAX_COMMANDS, size: 'max' }))
}

test('random histories of bookings, seats, waiting, rides and time: the database does what the model does', async () => {
  const count: Real['count'] = { steps: 0, refused: 0, done: {} }
  const lead = fc.constantFrom(45, 90, 300, 25 * 60)
  const mode = fc.constantFrom('instant' as const, 'approval' as const)
  const capacity = fc.constantFrom(1, 1, 2, 3)
  const seatIds = fc.constantFrom(SEATS, SEATS, SEATS, SEATS.slice(0, 2), [])
  await fc.assert(
    fc.asyncProperty(
      lead,
      mode,
      capacity,
      seatIds,
      commands(),
      async (minutes, bookingMode, seats, ids, history) => {
        const departsAt = new Date(START + minutes * MINUTE_MS)
        const options = { bookingMode, legs: LEGS, capacity: seats, departsAt, seatIds: ids }
        const ride = await newRide(db, options, new Date(START))
        const model: Model = { ride, now: START, status: 'scheduled', bookings: [], entries: [] }
        const real: Real = { db: db, ride, count }
        await fc.asyncModelRun(() => ({ model, real }), history)
        expect(await compareRefunds(model, real)).toEqual([])
        await forgetAnnouncements(db)
      },
    ),
    // Looking for the shortest history that fails must end before the test does.
    { numRuns: RUNS, interruptAfterTimeLimit: 120_000, markInterruptAsFailure: true },
  )
  const { steps, refused, done } = count
  const kinds = Object.entries(done).map(([kind, times]) => `${times} ${kind}`)
  console.log(`  ${RUNS} runs, ${steps} steps, ${refused} refused; ${kinds.join(', ')}`)
  expect(steps).toBeGreaterThan(RUNS * 10)
}, 300_000)
