import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadPayout } from '../../db/queries/payouts/load-payouts.ts'
import { movePayout } from '../../db/queries/payouts/move-payout.ts'
import { takePayout } from '../../db/queries/payouts/take-payout.ts'
import type { GatewayPayout } from '../../packages/payments/payment-port.ts'
import { openWorld } from './open-world.ts'
import {
  balanceOf,
  expectBalanced,
  findingsOf,
  newEarner,
  postedFor,
  sumOf,
  withdrawn,
} from './payouts-world.ts'

const now = new Date('2026-12-01T06:00:00Z')
const AMOUNT = 2_000_00
const FEE = 236

const db = await openWorld()
let told = 0

/** An approved payout, and how the gateway tells of it. */
async function newPayout() {
  const earner = await newEarner(db, AMOUNT, now)
  const { id } = await withdrawn(db, earner, AMOUNT, now)
  const gatewayId = `pout_${++told}`
  const tell = (state: GatewayPayout['state'], more: Partial<GatewayPayout> = {}) => {
    const theirs = { id: gatewayId, reference: id, amount: AMOUNT, currency: 'INR', state, fee: FEE }
    return takePayout(db, { ...theirs, bankReference: null, failure: null, ...more }, now)
  }
  return { ...earner, id, gatewayId, tell }
}

/** What the gateway comes to say in the life of a payout, and how that ends. */
const lives = {
  paid: { says: ['pending', 'paid'], ends: 'paid', balance: 0, posted: ['payout', 'payout_paid'] },
  failed: {
    says: ['pending', 'failed'],
    ends: 'failed',
    balance: AMOUNT,
    posted: ['payout', 'payout_returned'],
  },
  reversed: {
    says: ['pending', 'paid', 'reversed'],
    ends: 'reversed',
    balance: AMOUNT,
    posted: ['payout', 'payout_paid', 'payout_reversed'],
  },
} as const

test('told in any order, however often and at once, a payout ends as it ended, and so do the books', async () => {
  const orders = fc.constantFrom('paid', 'failed', 'reversed' as const).chain((life) =>
    fc.record({
      life: fc.constant(life),
      more: fc.array(fc.constantFrom(...lives[life].says), { maxLength: 4 }),
      seed: fc.array(fc.integer(), { minLength: 8, maxLength: 8 }),
      atOnce: fc.boolean(),
    }),
  )
  const before = [await sumOf(db, 'gateway'), await sumOf(db, 'costs')]
  let [paid, earned] = [0, 0]
  await fc.assert(
    fc.asyncProperty(orders, async ({ life, more, seed, atOnce }) => {
      const { says, ends, balance, posted } = lives[life]
      const { driverId, id, tell } = await newPayout()
      const all = [...says, ...more].map((state, index) => ({ state, place: seed[index] ?? 0 }))
      const news = all.toSorted((a, b) => a.place - b.place)
      if (atOnce) await Promise.all(news.map(({ state }) => tell(state)))
      else for (const { state } of news) await tell(state)
      expect(await loadPayout(db, id)).toMatchObject({ state: ends })
      expect(await postedFor(db, id)).toEqual(posted)
      expect(await balanceOf(db, driverId)).toBe(balance)
      expect(await findingsOf(db, id)).toEqual([])
      earned += AMOUNT
      if (life === 'paid') paid++
    }),
    { numRuns: 40 },
  )
  await expectBalanced(db)
  // What was paid and stayed so is all that left the gateway, each with its fee; wallets were filled from the costs.
  const after = [await sumOf(db, 'gateway'), (await sumOf(db, 'costs')) + earned]
  expect(after).toEqual([(before[0] ?? 0) + paid * (AMOUNT + FEE), (before[1] ?? 0) - paid * FEE])
}, 120_000)

test('what is told of no payout of ours changes nothing', async () => {
  const { tell } = await newPayout()
  for (const reference of [null, 'invoice 7', crypto.randomUUID()])
    expect(await tell('paid', { reference, id: `pout_other_${++told}` })).toBe('unknown')
})

test('a payout is known by the gateway’s id too', async () => {
  const { id, tell } = await newPayout()
  expect(await tell('pending')).toBe('moved')
  expect(await tell('paid', { reference: null, bankReference: 'UTR7' })).toBe('moved')
  expect(await loadPayout(db, id)).toMatchObject({ state: 'paid', bankReference: 'UTR7' })
})

test.each<[string, Partial<GatewayPayout>]>([
  ['another amount', { amount: AMOUNT - 1 }],
  ['another currency', { currency: 'USD' }],
])('%s is not taken in, and somebody has to look', async (_, more) => {
  const { driverId, id, tell } = await newPayout()
  expect(await tell('paid', more)).toBe('differs')
  expect(await tell('paid', more)).toBe('differs')
  expect(await loadPayout(db, id)).toMatchObject({ state: 'approved' })
  expect(await balanceOf(db, driverId)).toBe(0)
  expect(await findingsOf(db, id)).toEqual(['payout_mismatch'])
})

test('a second payout of the gateway for one of ours is somebody’s to look at', async () => {
  const { id, tell } = await newPayout()
  await tell('paid')
  expect(await tell('paid', { id: `pout_second_${++told}` })).toBe('differs')
  expect(await findingsOf(db, id)).toEqual(['payout_mismatch'])
  expect(await postedFor(db, id)).toEqual(['payout', 'payout_paid'])
})

test('paid after the money went back to the wallet is somebody’s to look at, and pays nobody twice in the books', async () => {
  const { driverId, id, tell } = await newPayout()
  await tell('failed')
  expect(await tell('pending')).toBe('unchanged')
  expect(await tell('paid')).toBe('differs')
  expect(await findingsOf(db, id)).toEqual(['payout_mismatch'])
  expect(await balanceOf(db, driverId)).toBe(AMOUNT)
})

test('what nobody approved, and what is paid by hand, cannot come from the gateway', async () => {
  const earner = await newEarner(db, 10_000_00, now)
  const waiting = await withdrawn(db, earner, 8_000_00, now)
  const manual = await withdrawn(db, await newEarner(db, AMOUNT, now), AMOUNT, now, { rail: 'manual' })
  for (const { id, amount } of [waiting, manual]) {
    const theirs = {
      id: `pout_${++told}`,
      reference: id,
      amount,
      currency: 'INR',
      state: 'paid' as const,
      fee: 0,
    }
    expect(await takePayout(db, { ...theirs, bankReference: null, failure: null }, now)).toBe('differs')
    expect(await findingsOf(db, id)).toEqual(['payout_mismatch'])
  }
})

test('failed after it was paid is come back; a bank’s own words are kept', async () => {
  const { driverId, id, tell } = await newPayout()
  await tell('paid')
  await tell('failed', { failure: 'The account is closed' })
  expect(await loadPayout(db, id)).toMatchObject({ state: 'reversed', failure: 'The account is closed' })
  expect(await balanceOf(db, driverId)).toBe(AMOUNT)
})

test('a payout that moved since it was seen is left alone', async () => {
  const { id, tell } = await newPayout()
  const seen = await loadPayout(db, id)
  await tell('paid')
  if (!seen) throw new Error('no payout')
  expect(await movePayout(db, { payout: seen, action: 'fail' }, now)).toBeUndefined()
  expect(await postedFor(db, id)).toEqual(['payout', 'payout_paid'])
})
