import * as fc from 'fast-check'
import { followPayouts } from '../../../workers/events/follow-payouts.ts'
import { reconcilePayments } from '../../../workers/events/reconcile-payments.ts'
import { sendPayouts } from '../../../workers/events/send-payouts.ts'
import { sendRefunds } from '../../../workers/events/send-refunds.ts'
import { settlePayments } from '../../../workers/events/settle-payments.ts'
import { settleRides } from '../../../workers/events/settle-rides.ts'
import { takeWebhooks } from '../../../workers/events/take-webhooks.ts'
import type { CrashPlan } from './crash.ts'
import { gatewaySteps } from './gateway-steps.ts'
import { moneySteps } from './money-steps.ts'
import { now, type Play, pick } from './play.ts'
import { rideSteps } from './ride-steps.ts'
import type { Stage } from './stage.ts'

const MINUTE_MS = 60_000
const WAITS = [1, 1, 2, 5, 16, 40]
const NIGHTS = [30 * 60, 3 * 60, 50 * 60]

/** What the sweep does about money, each for itself. */
export const runners = [
  settleRides,
  takeWebhooks,
  reconcilePayments,
  (services: Stage['services'], at: Date) => settlePayments(services, at),
  sendRefunds,
  (services: Stage['services'], at: Date) => sendPayouts(services, at, () => 0),
  (services: Stage['services'], at: Date) => followPayouts(services, at, () => 0),
]

const steps = {
  ...{ ...rideSteps, ...gatewaySteps, ...moneySteps },
  run: async ({ stage: { services } }: Play, a: number) => {
    await pick(runners, a)?.(services, now())
  },
  settle: async ({ stage: { services } }: Play) => void (await settlePayments(services, now())),
  wait: async ({ pass }: Play, a: number) => pass((pick(WAITS, a) ?? 0) * MINUTE_MS),
  sleep: async ({ pass }: Play, a: number) => pass((pick(NIGHTS, a) ?? 0) * MINUTE_MS),
} satisfies Record<string, (play: Play, a: number, b: number) => Promise<void>>

/** What people mostly do one after the other. */
const courses = {
  buy: ['book', 'initiate', 'pay'],
  earn: ['drive', 'settle', 'sleep', 'withdraw'],
} as const satisfies Record<string, readonly (keyof typeof steps)[]>

type StepName = keyof typeof steps | keyof typeof courses

/** A step with two numbers that choose among what there is, and where it crashes. */
export interface Step {
  does: StepName
  a: number
  b: number
  crash: CrashPlan | null
}

/** Performs a step, or several in their course, each of which may crash. */
export async function perform(play: Play, { does, a, b, crash }: Step): Promise<void> {
  const course: readonly (keyof typeof steps)[] = does === 'buy' || does === 'earn' ? courses[does] : [does]
  for (const step of course) {
    play.pass(1000)
    // A course goes on with what it has just begun.
    const at = step === course[0] ? a : 0
    await play.stage.live(() => steps[step](play, at, b), play.merchant, crash)
  }
}

const often: readonly StepName[] = ['buy', 'buy', 'earn', 'book', 'initiate', 'pay', 'verify', 'run']
const seldom: readonly StepName[] = [
  ...([
    'wait',
    'accept',
    'accept',
    'board',
    'drive',
    'drive',
    'drive',
    'withdraw',
    'withdraw',
    'withdraw',
  ] as const),
  ...(['mishap', 'release', 'fault', 'slow', 'endRefund', 'endPayout', 'endPayout', 'fail', 'cancel'] as const),
  ...([
    'goodwill',
    'approve',
    'approve',
    'refuse',
    'reject',
    'absent',
    'cancelRide',
    'sleep',
    'offer',
  ] as const),
]

export const anyStep: fc.Arbitrary<Step> = fc.record({
  does: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...seldom) },
  ),
  a: fc.nat(59),
  b: fc.nat(59),
  crash: fc.oneof(
    { weight: 4, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.record({ at: fc.integer({ min: 1, max: 8 }), isDone: fc.boolean() }) },
  ),
})

const quiet = (does: StepName, a = 0, b = 1): Step => ({ does, a, b, crash: null })

/** A life in which everything happens once: also a refund that fails, and a payout that comes back. */
export const plainLife: Step[] = [
  ...[quiet('buy', 0, 1), quiet('buy', 0, 2), quiet('cancel', 0), quiet('settle')],
  ...[quiet('slow', 0), quiet('run', 4), quiet('endRefund', 0, 0)],
  ...[quiet('earn', 0), quiet('verify'), quiet('run', 5), quiet('run', 6), quiet('endPayout', 0, 3)],
  ...[quiet('buy', 0, 3), quiet('cancel', 2), quiet('settle'), quiet('run', 4)],
]
