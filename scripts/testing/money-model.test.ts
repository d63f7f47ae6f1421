import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { afterAll, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { bothBooks } from './money-model/compare-books.ts'
import { brokenRules } from './money-model/invariants.ts'
import { openPlay, type Play } from './money-model/play.ts'
import { openStage } from './money-model/stage.ts'
import { anyStep, perform, plainLife, runners } from './money-model/steps.ts'

/**
 * Random orders of paying, failing, refunding, cancelling, withdrawing and reversing, with webhooks that are lost, repeated and
 * out of order, a gateway that fails before or after it did the work, and processes that die between any two calls: after
 * each step no rule of money is broken, and after the reconciler ran the gateway's books and ours agree line by line.
 */
const START = Date.parse('2026-12-01T06:00:00Z')
const HOUR_MS = 3600_000
const DAY_MS = 24 * HOUR_MS
const RUNS = Number(process.env['MODEL_RUNS'] ?? 8)
const MAX_STEPS = 150
const ROUNDS = 12

const stage = await openStage()
afterAll(() => vi.useRealTimers())
let clock = START
const pass = (ms: number) => vi.setSystemTime((clock += ms))

/** Days go by, and nothing goes wrong any more. */
async function comeToRest(play: Play): Promise<void> {
  const { merchant } = play
  merchant.faults.clear()
  merchant.webhooks.mishaps.clear()
  const live = (work: () => Promise<unknown>) => stage.live(work, merchant, null)
  await live(() => merchant.webhooks.release())
  for (let round = 0; round < ROUNDS; round++) {
    pass(13 * HOUR_MS)
    for (const { id, status } of merchant.books.refunds.values())
      if (status === 'pending') await live(() => merchant.processRefund(id))
    for (const { id, status } of merchant.books.payouts.values())
      if (status === 'queued' || status === 'processing') await live(() => merchant.processPayout(id))
    for (const run of runners) await live(() => run(stage.services, new Date()))
  }
}

/** What is still on its way when everything should have come to its end. */
const restless = (drivers: readonly string[]) =>
  readRows(
    stage.db,
    sql`select 'refund' as what, refunds.state from refunds join bookings on bookings.id = refunds.booking_id
        join rides on rides.id = bookings.ride_id where driver_id in ${drivers} and refunds.state in ('requested', 'sent')
      union all select 'payout', state from payouts where driver_id in ${drivers} and state in ('approved', 'sent')
      union all select 'settlement', bookings.state from payments join bookings on bookings.id = payments.booking_id
        join rides on rides.id = bookings.ride_id where driver_id in ${drivers} and payments.state = 'captured'
        and settled_at is null and bookings.state not in ('confirmed', 'pending', 'boarded')
      union all select 'webhook', event from webhook_events where try_at is not null`,
    z.object({ what: z.string(), state: z.string() }),
  )

/** What somebody has to look at although nothing was lost: banks that refuse, take long, or send back. */
const USUAL_FINDINGS = /^(refund_failed|refund_stuck|payout_)/
const findings = () =>
  readRows(
    stage.db,
    sql`select kind || ' ' || detail as kind from money_findings`,
    z.object({ kind: z.string() }),
  )

const seen = new Map<string, number>()

test(`${RUNS} random lives of money`, { timeout: 60_000 + RUNS * 20_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 60, maxLength: MAX_STEPS, size: 'max' }), async (steps) => {
      pass(20 * DAY_MS)
      const play = await openPlay(stage, pass)
      for (const [index, step] of steps.entries()) {
        await perform(play, step)
        expect(await brokenRules(stage.db), `after step ${index}: ${JSON.stringify(step)}`).toEqual([])
      }
      await comeToRest(play)
      const drivers = play.rides.map(({ driverId }) => driverId)
      expect(await brokenRules(stage.db)).toEqual([])
      expect(await restless(drivers)).toEqual([])
      expect((await findings()).filter(({ kind }) => !USUAL_FINDINGS.test(kind))).toEqual([])
      const { ours, theirs } = await bothBooks(stage.db, play.merchant, drivers)
      expect(ours).toEqual(theirs)
      for (const [what, lines] of Object.entries(theirs)) seen.set(what, (seen.get(what) ?? 0) + lines.length)
    }),
    { numRuns: RUNS, endOnFailure: true, examples: [[plainLife]] },
  )
  // A model that pays nothing proves nothing.
  for (const what of ['payments', 'refunds', 'payouts']) expect(seen.get(what), what).toBeGreaterThan(0)
})
