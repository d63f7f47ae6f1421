import { sql } from 'drizzle-orm'
import { expect, vi } from 'vitest'
import { z } from 'zod'
import { type Db, readRow, readRows } from '../../db/client.ts'
import { post } from '../../db/queries/ledger/post.ts'
import { addPayoutMethod } from '../../db/queries/payouts/methods.ts'
import type { PayoutRow } from '../../db/queries/payouts/payout-view.ts'
import { type NewPayout, requestPayout } from '../../db/queries/payouts/request-payout.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import {
  type Destination,
  hashDestination,
  lastFour,
  sealDestination,
} from '../../packages/payouts/destination.ts'
import { deriveSecret } from '../../packages/secrets/derive-secret.ts'
import { completeVariables } from '../../workers/testing/complete-variables.ts'
import { newDriver } from './open-world.ts'

// The first statements of an embedded database take their time.
vi.setConfig({ testTimeout: 30_000 })

/** The key that the application derives in tests. */
export const KEY = await deriveSecret((await completeVariables())['APP_SECRET'] ?? '', 'payout-details/1')

/** Puts money into a driver's wallet; with `availableAt` it is held until then. */
export async function credit(
  db: Db,
  driverId: string,
  amount: number,
  now: Date,
  availableAt?: Date,
): Promise<void> {
  const held = availableAt && { availableAt: availableAt.getTime() }
  const lines = [
    { account: 'driver', ownerId: driverId, amount, ...held } as const,
    { account: 'costs', amount: -amount } as const,
  ]
  const of = { id: uuidv7(), reference: uuidv7(), bookingId: null }
  await db.execute(
    sql`with source as (select 1), ${post('source', { kind: 'correction', lines }, of, now)} select 1`,
  )
}

let accounts = 0

/** A bank account that nobody else has. */
export const newAccount = (): Destination => ({
  ...{
    kind: 'bank',
    accountNumber: String(100_000_000_000 + ++accounts),
    ifsc: 'HDFC0001234',
    name: 'Asha Rao',
  },
})

/** A payout method of a driver; its id. */
export async function newMethod(db: Db, driverId: string, now: Date, to = newAccount()): Promise<string> {
  const id = uuidv7()
  const [sealed, hash] = await Promise.all([sealDestination(KEY, to, id), hashDestination(KEY, to)])
  await addPayoutMethod(db, { id, driverId, kind: to.kind, sealed, hash, lastFour: lastFour(to) }, now)
  return id
}

export interface Earner {
  driverId: string
  methodId: string
}

/** A driver with so much in the wallet, and a bank account. */
export async function newEarner(db: Db, balance: number, now: Date): Promise<Earner> {
  const { driverId } = await newDriver(db, now, 3)
  await credit(db, driverId, balance, now)
  return { driverId, methodId: await newMethod(db, driverId, now) }
}

/** Withdraws by the gateway, unless told otherwise. */
export const withdraw = (
  db: Db,
  earner: Earner,
  amount: number,
  now: Date,
  more: Partial<NewPayout> = {},
): Promise<PayoutRow | undefined> =>
  requestPayout(db, { id: uuidv7(now.getTime()), ...earner, amount, rail: 'gateway', ...more }, now)

/** A withdrawal that must be possible. */
export async function withdrawn(...args: Parameters<typeof withdraw>): Promise<PayoutRow> {
  const payout = await withdraw(...args)
  if (!payout) throw new Error('not withdrawn')
  return payout
}

export async function balanceOf(db: Db, driverId: string): Promise<number> {
  const row = z.object({ balance: z.coerce.number() })
  const wallet = await readRow(
    db,
    sql`select balance from ledger_balances where owner_id = ${driverId} and account = 'driver'`,
    row,
  )
  return wallet?.balance ?? 0
}

/** What the ledger knows of a payout. */
export async function postedFor(db: Db, payoutId: string): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select kind from ledger_transactions where reference = ${payoutId} order by kind`,
    z.object({ kind: z.string() }),
  )
  return rows.map(({ kind }) => kind)
}

/** The sum of a platform's account. */
export async function sumOf(db: Db, account: string): Promise<number> {
  const row = z.object({ sum: z.coerce.number() })
  const read = sql`select coalesce(sum(amount), 0) as sum from ledger_entries where account = ${account}`
  return (await readRow(db, read, row))?.sum ?? 0
}

/** The open findings about a payout. */
export async function findingsOf(db: Db, payoutId: string): Promise<string[]> {
  const rows = await readRows(
    db,
    sql`select kind from money_findings where reference = ${payoutId} and resolved_at is null order by kind`,
    z.object({ kind: z.string() }),
  )
  return rows.map(({ kind }) => kind)
}

/**
 * The books: everything adds up to nothing, every balance is the sum of its entries and none is below nothing, and what is on its
 * way out is what the unfinished payouts are.
 */
export async function expectBalanced(db: Db): Promise<void> {
  const row = z.object({ total: z.coerce.number(), wrong: z.coerce.number(), adrift: z.coerce.number() })
  const books = await readRow(
    db,
    sql`select (select coalesce(sum(amount), 0) from ledger_entries) as total,
      (select count(*) from ledger_balances kept where balance < 0 or balance <> (select coalesce(sum(amount), 0)
        from ledger_entries where owner_id = kept.owner_id and account = kept.account)) as wrong,
      (select coalesce(sum(amount), 0) from ledger_entries where account = 'payouts')
        - (select coalesce(sum(amount), 0) from payouts where state in ('waiting', 'approved', 'sent')) as adrift`,
    row,
  )
  expect(books).toEqual({ total: 0, wrong: 0, adrift: 0 })
}
