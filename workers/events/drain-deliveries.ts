import {
  type LostToken,
  type Settlement,
  settleDeliveries,
} from '#db/queries/notifications/settle-deliveries.ts'
import { BATCH_SIZE, type DeliveryRow, takeDeliveries } from '#db/queries/notifications/take-deliveries.ts'
import { kindOf } from '#packages/notifications/kinds.ts'
import { quietUntil } from '#packages/notifications/quiet-hours.ts'
import { nextTry } from '#packages/notifications/retry-plan.ts'
import type { PushOutcome } from '#packages/push/push-port.ts'
import { type Around, senders } from './send-deliveries.ts'
import { writeDown } from './write-down.ts'

/** The most batches of one drain; the rest is for the next. */
const MAX_BATCHES = 5
/** What is due by then does not wait for the sweep. */
const SOON_MS = 60_000

/**
 * Brings notifications that are due to where they shall go. What fails comes back by its plan, for others to go on meanwhile;
 * what fails too often is parked. Returns how many arrived.
 */
export async function drainDeliveries(
  around: Around,
  clock: () => number = Date.now,
  chance: () => number = Math.random,
): Promise<number> {
  const done: Settlement[] = []
  for (let batch = 1; batch <= MAX_BATCHES; batch++) {
    const due = await takeDeliveries(around.db, new Date(clock()))
    done.push(...(await settle(around, due, clock, chance)))
    if (due.length < BATCH_SIZE) break
  }
  await comeBackInTime(around, done, clock())
  return done.filter(({ state }) => state === 'sent').length
}

/** Asks for the next drain for what this one was told to try again, and for no more: each delivery is one nudge, not an avalanche. */
async function comeBackInTime({ platform }: Around, done: readonly Settlement[], now: number): Promise<void> {
  const waits = done.flatMap(({ state, nextAt }) => (state === 'due' && nextAt ? [nextAt.getTime() - now] : []))
  const wait = done.length === MAX_BATCHES * BATCH_SIZE ? 0 : Math.min(...waits)
  if (wait < SOON_MS) await platform.drainSoon(Math.ceil(Math.max(0, wait) / 1000) + 1)
}

async function settle(
  around: Around,
  due: readonly DeliveryRow[],
  clock: () => number,
  chance: () => number,
): Promise<Settlement[]> {
  const now = clock()
  const decided = due.map((delivery) => ({ delivery, decision: decide(delivery, now) }))
  const settlements = decided.flatMap(({ decision }) => decision ?? [])
  const open = decided.filter(({ decision }) => !decision).map(({ delivery }) => delivery)
  const lost: LostToken[] = []
  await Promise.all(
    [...Map.groupBy(open, ({ channel }) => channel)].map(async ([channel, mine]) => {
      const outcomes = await senders[channel](around, mine, clock())
      for (const [n, delivery] of mine.entries()) {
        const outcome = outcomes[n] ?? { type: 'later', afterMs: null, reason: 'no outcome' }
        settlements.push(conclude(around, delivery, outcome, clock(), chance()))
        if (outcome.type === 'gone')
          lost.push({ deviceId: delivery.target, pushToken: delivery.pushToken ?? '' })
      }
    }),
  )
  await writeDown(() => settleDeliveries(around.db, settlements, lost, new Date(clock())))
  return settlements
}

const settlementOf = (
  { id, channel, target, attempts }: DeliveryRow,
  rest: Pick<Settlement, 'state'> & Partial<Settlement>,
): Settlement => ({ id, channel, target, attempts, nextAt: null, untried: false, error: null, ...rest })

/** What can be said without trying. Undefined: it is to be tried. */
function decide(delivery: DeliveryRow, now: number): Settlement | undefined {
  const { channel, kind, quietFrom: from, quietTo: to } = delivery
  if (delivery.settled || delivery.lateAt.getTime() <= now)
    return settlementOf(delivery, { state: 'late', untried: true })
  if ((channel === 'push' && delivery.pushToken === null) || (channel === 'sms' && delivery.phone === null))
    return settlementOf(delivery, { state: 'refused', untried: true, error: 'nobody is there any more' })
  if (channel !== 'push' || kindOf(kind).urgent || from === null || to === null) return undefined
  const until = quietUntil({ from, to }, now)
  if (until === null) return undefined
  // Over before anybody may be disturbed: it stays in the list.
  return until >= delivery.lateAt.getTime()
    ? settlementOf(delivery, { state: 'late', untried: true })
    : settlementOf(delivery, { state: 'due', untried: true, nextAt: new Date(until) })
}

function conclude(
  { log }: Around,
  delivery: DeliveryRow,
  outcome: PushOutcome,
  now: number,
  chance: number,
): Settlement {
  if (outcome.type === 'sent') return settlementOf(delivery, { state: 'sent' })
  const { id, channel, kind, attempts } = delivery
  const { reason: error } = outcome
  if (outcome.type === 'gone' && !outcome.ours) log.error('push token of another project', { id, error })
  if (outcome.type === 'refused') log.error('delivery refused', { id, channel, kind, error })
  if (outcome.type !== 'later') return settlementOf(delivery, { state: 'refused', error })
  const at = nextTry(attempts, outcome.afterMs, now, chance)
  if (at !== null) return settlementOf(delivery, { state: 'due', nextAt: new Date(at), error })
  log.error('delivery parked', { id, channel, kind, attempts, error })
  return settlementOf(delivery, { state: 'parked', error })
}
