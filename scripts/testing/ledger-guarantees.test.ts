import { type SQL, sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { post } from '../../db/queries/ledger/post.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { type Posting, postCapture, postPayout } from '../../packages/ledger/postings.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const now = new Date('2026-11-23T06:00:00Z')

const write = (posting: Posting, reference = uuidv7()) => {
  const of = { id: uuidv7(), reference, bookingId: null }
  return db.execute(sql`with source as (select 1), ${post('source', posting, of, now)} select 1`)
}
const balanceOf = async (ownerId: string) => {
  const { rows } = await db.execute(sql`select balance from ledger_balances where owner_id = ${ownerId}`)
  return rows.map(({ balance }) => Number(balance))
}
/** Refused by this constraint, or with this message. */
const refuses = async (work: Promise<unknown>, reason: string) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  const { cause } = error instanceof Error ? error : { cause: undefined }
  const { constraint = '', message = '' } = { ...Object(cause), message: String(cause) }
  expect(`${constraint} ${message}`).toContain(reason)
}
const capture = (passengerId: string) => postCapture({ passengerId, amount: 25_000, gatewayFee: 590 })

test('a balance is the sum of its entries', async () => {
  const passengerId = uuidv7()
  await write(capture(passengerId))
  await write(capture(passengerId))
  expect(await balanceOf(passengerId)).toEqual([50_000])
})

test('without a source nothing is posted', async () => {
  const passengerId = uuidv7()
  const of = { id: uuidv7(), reference: uuidv7(), bookingId: null }
  await db.execute(
    sql`with source as (select 1 where false), ${post('source', capture(passengerId), of, now)} select 1`,
  )
  expect(await balanceOf(passengerId)).toEqual([])
})

test('entries that do not add up to nothing are refused, and so is a transaction without entries', async () => {
  const lines = [{ account: 'gateway', amount: -1 } as const, { account: 'fee', amount: 2 } as const]
  await refuses(write({ kind: 'correction', lines }), 'ledger_transactions_balanced')
  await refuses(write({ kind: 'correction', lines: [] }), 'ledger_transactions_balanced')
})

test('what was posted cannot be added to', async () => {
  await write(capture(uuidv7()))
  await refuses(
    db.execute(sql`insert into ledger_entries (transaction_id, line, account, currency, amount, at)
      select id, 9, 'fee', 'INR', 5, ${now} from ledger_transactions limit 1`),
    'ledger_transactions_balanced',
  )
})

test('nothing is posted twice', async () => {
  const reference = uuidv7()
  await write(capture(uuidv7()), reference)
  await refuses(write(capture(uuidv7()), reference), 'ledger_transactions_reference_key')
})

test('nobody takes more than they have, also when they try at once', async () => {
  const driverId = uuidv7()
  await refuses(write(postPayout({ driverId, amount: 1 })), 'ledger_balances_no_overdraft')
  await write({
    kind: 'correction',
    lines: [
      { account: 'driver', ownerId: driverId, amount: 1000 },
      { account: 'costs', amount: -1000 },
    ],
  })
  const tries = Array.from({ length: 10 }, () => write(postPayout({ driverId, amount: 300 })))
  const done = (await Promise.allSettled(tries)).filter(({ status }) => status === 'fulfilled')
  expect(done).toHaveLength(3)
  expect(await balanceOf(driverId)).toEqual([100])
})

const changes: Record<string, SQL> = {
  'an entry is changed': sql`update ledger_entries set amount = amount + 1`,
  'an entry is deleted': sql`delete from ledger_entries`,
  'the entries are emptied': sql`truncate ledger_entries`,
  'a transaction is changed': sql`update ledger_transactions set kind = 'capture'`,
  'a receipt is changed': sql`update receipts set number = 1`,
}
test.each(Object.entries(changes))('refused: %s', async (_, change) => {
  await refuses(db.execute(change), 'append-only')
})

test('a balance cannot be set', async () => {
  await write(capture(uuidv7()))
  await refuses(db.execute(sql`update ledger_balances set balance = 1`), 'moved by ledger entries only')
})
