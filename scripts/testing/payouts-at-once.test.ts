import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { approvePayout } from '../../db/queries/payouts/approve-payout.ts'
import { loadPayout } from '../../db/queries/payouts/load-payouts.ts'
import { addPayoutMethod, listPayoutMethods, removePayoutMethod } from '../../db/queries/payouts/methods.ts'
import { movePayout } from '../../db/queries/payouts/move-payout.ts'
import type { PayoutRow } from '../../db/queries/payouts/payout-view.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { MAX_PAYOUT_METHODS } from '../../packages/payouts/limits.ts'
import { newPerson, openWorld } from './open-world.ts'
import {
  balanceOf,
  credit,
  expectBalanced,
  newEarner,
  newMethod,
  postedFor,
  withdraw,
  withdrawn,
} from './payouts-world.ts'

/** With TEST_DATABASE_URL what is asked at once is done at once. */
const now = new Date('2026-12-01T06:00:00Z')
const MANY = 200
const ROUNDS = 12

const db = await openWorld()

/** Who of all got something; everything else must be a plain no. */
async function winners<T>(tries: Promise<T | undefined>[]): Promise<T[]> {
  const done = await Promise.all(tries)
  return done.filter((each): each is Awaited<T> & (T & {}) => each !== undefined)
}

test.each([
  [1, 0],
  [3, 0],
  [3, 99_00],
])(
  '200 withdrawals at once of a wallet that suffices for %i leave %i paise',
  async (count, rest) => {
    const amount = 1_000_00
    const earner = await newEarner(db, count * amount + rest, now)
    const got = await winners(Array.from({ length: MANY }, () => withdraw(db, earner, amount, now)))
    expect(got).toHaveLength(count)
    expect(await balanceOf(db, earner.driverId)).toBe(rest)
    await expectBalanced(db)
  },
  120_000,
)

test('what is held is not withdrawn, however many try at once', async () => {
  const earner = await newEarner(db, 2_000_00, now)
  await credit(db, earner.driverId, 5_000_00, now, new Date(now.getTime() + 1))
  const got = await winners(Array.from({ length: 40 }, () => withdraw(db, earner, 1_000_00, now)))
  expect(got).toHaveLength(2)
  expect(await balanceOf(db, earner.driverId)).toBe(5_000_00)
  expect(await withdraw(db, earner, 1_000_00, new Date(now.getTime() + 1))).toBeDefined()
}, 60_000)

test('parts that are asked for at once need the approvals of their sum', async () => {
  const earner = await newEarner(db, 100_000_00, now)
  const got = await winners(Array.from({ length: 10 }, () => withdraw(db, earner, 5_000_00, now)))
  const needed = got.map(({ approvalsNeeded }) => approvalsNeeded).toSorted((a, b) => a - b)
  expect(needed).toEqual([0, 1, 1, 1, 1, 2, 2, 2, 2, 2])
})

const approve = async (payout: PayoutRow) =>
  approvePayout(db, { payoutId: payout.id, approverId: await newPerson(db, now) }, now)
const reject = async (payout: PayoutRow) => {
  const staff = { actorId: await newPerson(db, now), action: 'payout.reject' }
  return movePayout(db, { payout, action: 'reject', failure: 'No', staff }, now)
}
const cancel = (payout: PayoutRow) => movePayout(db, { payout, action: 'cancel' }, now)

test('approved, refused and cancelled at once: one of them happens, and the money is in one place', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 10_000_00, now)
    const payout = await withdrawn(db, earner, 10_000_00, now)
    const done = await Promise.all([
      approve(payout),
      reject(payout),
      cancel(payout),
      approve(payout),
      cancel(payout),
    ])
    expect(done.filter(Boolean)).toHaveLength(1)
    const after = await loadPayout(db, payout.id)
    expect(await balanceOf(db, earner.driverId)).toBe(after?.state === 'approved' ? 0 : 10_000_00)
    expect(await postedFor(db, payout.id)).toEqual(
      after?.state === 'approved' ? ['payout'] : ['payout', 'payout_returned'],
    )
  }
  await expectBalanced(db)
}, 60_000)

test('two approvals at once are two; one person is one however often', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 30_000_00, now)
    const payout = await withdrawn(db, earner, 30_000_00, now)
    expect(payout).toMatchObject({ state: 'waiting', approvalsNeeded: 2 })
    const approverId = await newPerson(db, now)
    const once = await winners(
      [1, 2, 3, 4].map(() => approvePayout(db, { payoutId: payout.id, approverId }, now)),
    )
    expect(once).toMatchObject([{ state: 'waiting', approvals: [{ approverId }] }])
    const others = await Promise.all([newPerson(db, now), newPerson(db, now), newPerson(db, now)])
    const rest = await winners(
      others.map((id) => approvePayout(db, { payoutId: payout.id, approverId: id }, now)),
    )
    // The second one is enough, and then nobody is asked any more.
    expect(rest).toMatchObject([{ state: 'approved' }])
    expect((await loadPayout(db, payout.id))?.approvals).toHaveLength(2)
  }
}, 60_000)

test('two different people who approve at once suffice for two', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 30_000_00, now)
    const payout = await withdrawn(db, earner, 30_000_00, now)
    expect((await Promise.all([approve(payout), approve(payout)])).every(Boolean)).toBe(true)
    expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'approved' })
  }
}, 60_000)

test('a driver approves nothing of their own', async () => {
  const earner = await newEarner(db, 10_000_00, now)
  const payout = await withdrawn(db, earner, 10_000_00, now)
  expect(await approvePayout(db, { payoutId: payout.id, approverId: earner.driverId }, now)).toBeUndefined()
  const staff = { actorId: earner.driverId, action: 'payout.reject' }
  expect(await movePayout(db, { payout, action: 'reject', staff }, now)).toBeUndefined()
  expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'waiting', approvals: [] })
})

test('a withdrawal and a deletion at once: the account stays, whoever is first', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 1_000_00, now)
    const [payout, deletion] = await Promise.all([
      withdraw(db, earner, 1_000_00, now),
      deleteAccount(db, earner.driverId, now),
    ])
    expect(payout).toBeDefined()
    expect(deletion).toMatchObject({ inUse: false, isOwed: true })
  }
}, 60_000)

test('a withdrawal to a method that is removed at once: the details stay as long as they are needed', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 1_000_00, now)
    const [payout, removed] = await Promise.all([
      withdraw(db, earner, 1_000_00, now),
      removePayoutMethod(db, { id: earner.methodId, driverId: earner.driverId }, now),
    ])
    expect(removed).toBeDefined()
    const { rows } = await db.execute(
      sql`select 1 from payout_methods where id = ${earner.methodId} and details_sealed is not null`,
    )
    expect(rows.length === 1).toBe(payout !== undefined)
  }
}, 60_000)

test('the last two payouts to a removed method end at once: its details are gone', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const earner = await newEarner(db, 20_000_00, now)
    const payouts = [await withdrawn(db, earner, 8_000_00, now), await withdrawn(db, earner, 8_000_00, now)]
    await removePayoutMethod(db, { id: earner.methodId, driverId: earner.driverId }, now)
    expect((await Promise.all(payouts.map(cancel))).every(Boolean)).toBe(true)
    const { rows } = await db.execute(
      sql`select 1 from payout_methods where id = ${earner.methodId} and details_sealed is not null`,
    )
    expect(rows).toEqual([])
  }
}, 60_000)

test('methods added at once stop at the limit, and one is added once', async () => {
  const earner = await newEarner(db, 100, now)
  await Promise.all(Array.from({ length: 12 }, () => newMethod(db, earner.driverId, now)))
  expect(await listPayoutMethods(db, earner.driverId)).toHaveLength(MAX_PAYOUT_METHODS)
  const other = await newEarner(db, 100, now)
  const method = { driverId: other.driverId, kind: 'upi', sealed: 's', hash: 'same', lastFour: 'sha' } as const
  const adds = await Promise.allSettled(
    [1, 2, 3].map(() => addPayoutMethod(db, { ...method, id: uuidv7() }, now)),
  )
  expect(adds.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await listPayoutMethods(db, other.driverId)).toHaveLength(2)
})
