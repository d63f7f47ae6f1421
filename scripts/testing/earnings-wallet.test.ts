import { sql } from 'drizzle-orm'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRowLocked } from '../../db/client.ts'
import { post } from '../../db/queries/ledger/post.ts'
import { loadWallet, lockWallet, withdrawableOf } from '../../db/queries/ledger/wallet.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { postPayout } from '../../packages/ledger/postings.ts'
import { writePosting } from './earnings-world.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const now = new Date('2026-11-23T06:00:00Z')
const after = (hours: number) => new Date(now.getTime() + hours * 3600_000)

/** Credits that can be withdrawn so many hours from now, and what was then taken. */
async function fill(
  driverId: string,
  credits: readonly { amount: number; hours: number }[],
  taken = 0,
): Promise<void> {
  for (const { amount, hours } of credits)
    await writePosting(
      db,
      {
        kind: 'correction',
        lines: [
          { account: 'driver', ownerId: driverId, amount, availableAt: after(hours).getTime() },
          { account: 'costs', amount: -amount },
        ],
      },
      now,
    )
  if (taken > 0) await writePosting(db, postPayout({ driverId, amount: taken }), now)
}

test('a wallet without entries is empty', async () => {
  expect(await loadWallet(db, uuidv7(), now)).toEqual({ balance: 0, withdrawable: 0, next: null })
})

test('a credit can be withdrawn from the instant on that it is held until', async () => {
  const driverId = uuidv7()
  await fill(driverId, [
    { amount: 300, hours: -1 },
    { amount: 500, hours: 1 },
    { amount: 700, hours: 2 },
  ])
  expect(await loadWallet(db, driverId, now)).toEqual({
    ...{ balance: 1500, withdrawable: 300, next: { at: after(1), amount: 500 } },
  })
  const justBefore = new Date(after(1).getTime() - 1)
  expect(await loadWallet(db, driverId, justBefore)).toMatchObject({ withdrawable: 300 })
  expect(await loadWallet(db, driverId, after(1))).toEqual({
    ...{ balance: 1500, withdrawable: 800, next: { at: after(2), amount: 700 } },
  })
  expect(await loadWallet(db, driverId, after(2))).toEqual({ balance: 1500, withdrawable: 1500, next: null })
})

test('what was taken of held money comes off what is released first', async () => {
  const driverId = uuidv7()
  await fill(
    driverId,
    [
      { amount: 500, hours: 1 },
      { amount: 500, hours: 2 },
    ],
    600,
  )
  expect(await loadWallet(db, driverId, now)).toEqual({
    ...{ balance: 400, withdrawable: 0, next: { at: after(2), amount: 400 } },
  })
})

test('at every instant it is the balance without what is held, and the next release is the next rise', async () => {
  const credit = fc.record({
    amount: fc.integer({ min: 1, max: 1000 }),
    hours: fc.integer({ min: -2, max: 5 }),
  })
  const wallets = fc.tuple(
    fc.array(credit, { minLength: 1, maxLength: 6 }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  )
  await fc.assert(
    fc.asyncProperty(wallets, async ([credits, share]) => {
      const driverId = uuidv7()
      const all = credits.reduce((sum, { amount }) => sum + amount, 0)
      const balance = all - Math.floor(all * share)
      await fill(driverId, credits, all - balance)
      const at = (hours: number) => {
        const held = credits.reduce((sum, one) => sum + (one.hours > hours ? one.amount : 0), 0)
        return Math.max(0, balance - held)
      }
      const rise = [1, 2, 3, 4, 5].find((hours) => at(hours) > at(0))
      expect(await loadWallet(db, driverId, now)).toEqual({
        ...{ balance, withdrawable: at(0) },
        next: rise === undefined ? null : { at: after(rise), amount: at(rise) - at(0) },
      })
    }),
    { numRuns: 25 },
  )
})

test('those who withdraw at once get together what can be withdrawn, and nothing of what is held', async () => {
  const driverId = uuidv7()
  await fill(driverId, [
    { amount: 1000, hours: 0 },
    { amount: 9000, hours: 1 },
  ])
  const withdraw = async (amount: number) => {
    const of = { id: uuidv7(), reference: uuidv7(), bookingId: null }
    return await readRowLocked(
      db,
      lockWallet(driverId),
      sql`with source as (select 1 where ${withdrawableOf(driverId, now)} >= ${amount}),
        ${post('source', postPayout({ driverId, amount }), of, now)} select id from posted`,
      z.object({ id: z.string() }),
    )
  }
  const done = await Promise.all(Array.from({ length: 12 }, () => withdraw(300)))
  expect(done.filter(Boolean)).toHaveLength(3)
  expect(await loadWallet(db, driverId, now)).toMatchObject({ balance: 9100, withdrawable: 100 })
})
