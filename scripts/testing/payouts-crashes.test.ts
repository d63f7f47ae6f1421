import { expect, test } from 'vitest'
import { loadPayout } from '../../db/queries/payouts/load-payouts.ts'
import type { CallFaultMode } from '../../packages/local-cloud/stand-ins/razorpay/call-faults.ts'
import { openWorld } from './open-world.ts'
import { openPayoutGateway, payoutRunners } from './payouts-gateway.ts'
import { balanceOf, expectBalanced, newEarner, postedFor, withdrawn } from './payouts-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const HOUR_MS = 3600_000
const AMOUNT = 2_000_00
const later = (ms: number) => new Date(start.getTime() + ms)

const db = await openWorld()
const opened = openPayoutGateway()
const { gateway, booked, live } = opened
const { send, follow } = payoutRunners(db, opened)

test('however the process dies between any two steps, the driver is paid once', async () => {
  const whole = async (now: Date) => {
    await send(now)
    await follow(new Date(now.getTime() + 2 * HOUR_MS))
  }
  const dry = await newEarner(db, AMOUNT, start)
  await withdrawn(db, dry, AMOUNT, start)
  const steps = await live(() => whole(start))
  expect(steps).toBeGreaterThan(6)
  let deaths = 0
  for (const when of ['before', 'after'] as const) {
    for (let step = 1; step <= steps; step++) {
      const now = later(deaths * 24 * HOUR_MS)
      const earner = await newEarner(db, AMOUNT, now)
      const payout = await withdrawn(db, earner, AMOUNT, now)
      await live(() => whole(now), { step, when })
      for (const hours of [1, 4, 7]) await whole(new Date(now.getTime() + hours * HOUR_MS))
      const label = `${when} step ${step}`
      expect(booked(payout.id), label).toHaveLength(1)
      expect(await loadPayout(db, payout.id), label).toMatchObject({ state: 'paid' })
      expect(await postedFor(db, payout.id), label).toEqual(['payout', 'payout_paid'])
      expect(await balanceOf(db, earner.driverId), label).toBe(0)
      deaths++
    }
  }
  await expectBalanced(db)
  console.log(`  ${deaths} deaths at ${steps} requests, each paid once`)
}, 120_000)

test.each<[CallFaultMode, boolean]>([
  ...(['error', 'garbage', 'redirect', 'busy'] as const).flatMap((mode): [CallFaultMode, boolean][] => [
    [mode, true],
    [mode, false],
  ]),
])('the gateway answers with %s (done: %s): paid once', async (mode, done) => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  // Twice, since the client asks again at once.
  for (const call of ['create_payout', 'find_payouts'] as const)
    gateway.faults.add({ call, mode, done, times: 2 })
  for (const minutes of [0, 5, 10, 20, 40, 80]) await send(later(minutes * 60_000))
  await follow(later(3 * HOUR_MS))
  expect(booked(payout.id)).toHaveLength(1)
  expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'paid' })
  await expectBalanced(db)
})

test('two who send at once send once', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  const sent = await Promise.all([send(start), send(start), send(start)])
  expect(sent.toSorted((a, b) => a - b)).toEqual([0, 0, 1])
  expect(booked(payout.id)).toHaveLength(1)
})
