import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { issueCreditNote, issueReceipt } from '../../db/queries/receipts/issue-receipt.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { openWorld } from './open-world.ts'
import { giveBack, paid, paidBooking } from './paid-booking.ts'

const db = await openWorld()
const start = new Date('2026-11-23T06:00:00Z')
const { bookingId, orderId } = await paidBooking(db, start)
const { amount, fare, fee, tax } = paid

/** Takes a payment in and gives its receipt in one statement, as the application does. */
function take(
  now: Date,
  { id = uuidv7(), source = sql`select * from taken`, wrong = 0 } = {},
): Promise<unknown> {
  return db.execute(sql`with taken as (
      insert into payments (id, order_id, booking_id, gateway_payment_id, amount, state, created_at, updated_at)
      values (${id}, ${orderId}, ${bookingId}, ${`pay_${id}`}, ${amount}, 'failed', ${now}, ${now}) returning id
    ), due as (
      select id as payment_id, ${amount}::int as amount, ${fare + wrong}::int as fare_amount, ${fee}::int as fee_amount,
        ${tax}::int as tax_amount from (${source}) source
    ), ${issueReceipt('due', now)} select 1`)
}

const Numbered = z.object({ number: z.number(), paymentId: z.string(), refundId: z.string().nullable() })
const numbered = (series: string, year: number) =>
  readRows(
    db,
    sql`select number, payment_id as "paymentId", refund_id as "refundId" from receipts
      where series = ${series} and financial_year = ${year} order by number`,
    Numbered,
  )
const numbers = async (series: string, year: number) =>
  (await numbered(series, year)).map(({ number }) => number)
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)
const counter = async (year: number): Promise<unknown> => {
  const { rows } = await db.execute(
    sql`select last_number from receipt_counters where series = 'receipt' and financial_year = ${year}`,
  )
  return rows[0]?.['last_number']
}
const reasonOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return String(error instanceof Error ? error.cause : error)
}

test('fifty at once are numbered from 1 without a gap, and each once', async () => {
  const now = new Date('2020-06-01T06:00:00Z')
  await Promise.all(upTo(50).map(() => take(now)))
  const found = await numbered('receipt', 2020)
  expect(found.map(({ number }) => number)).toEqual(upTo(50))
  expect(new Set(found.map(({ paymentId }) => paymentId)).size).toBe(50)
})

test('at the turn of the financial year each has its own numbers', async () => {
  const [before, after] = [new Date('2022-03-31T18:29:59.999Z'), new Date('2022-03-31T18:30:00.000Z')]
  await Promise.all(upTo(50).map((n) => take(n % 2 === 0 ? before : after)))
  expect(await numbers('receipt', 2021)).toEqual(upTo(25))
  expect(await numbers('receipt', 2022)).toEqual(upTo(25))
})

test('what fails takes no number, also among others that do not', async () => {
  const now = new Date('2023-06-01T06:00:00Z')
  const tries = upTo(50).map((n) => take(now, { wrong: n % 5 === 0 ? 1 : 0 }))
  const failed = (await Promise.allSettled(tries)).filter(({ status }) => status === 'rejected')
  expect(failed).toHaveLength(10)
  expect(await numbers('receipt', 2023)).toEqual(upTo(40))
  expect(await counter(2023)).toBe(40)
})

test('a statement that fails later, or that has nothing to give a receipt for, takes none either', async () => {
  const now = new Date('2024-06-01T06:00:00Z')
  await take(now)
  expect(await reasonOf(take(now, { source: sql`select * from taken where false` }))).toBe('undefined')
  const rolledBack = db.batch([
    db.execute(sql`with due as (select id as payment_id, ${amount}::int as amount, ${fare}::int as fare_amount,
        ${fee}::int as fee_amount, ${tax}::int as tax_amount
      from payments where id not in (select payment_id from receipts) limit 1), ${issueReceipt('due', now)} select 1`),
    db.execute(sql`select 1 / 0`),
  ])
  await expect(rolledBack).rejects.toThrow('division by zero')
  await take(now)
  expect(await numbers('receipt', 2024)).toEqual([1, 2])
})

test('a payment has one receipt, and a refund one credit note', async () => {
  const now = new Date('2025-06-01T06:00:00Z')
  const paymentId = uuidv7()
  await take(now, { id: paymentId })
  const again = sql`with due as (select payment_id, refund_id, amount, fare_amount, fee_amount, tax_amount from receipts`
  expect(
    await reasonOf(
      db.execute(sql`${again} where payment_id = ${paymentId}), ${issueReceipt('due', now)} select 1`),
    ),
  ).toContain('receipts_payment_key')
  const refundId = await giveBack(db, paymentId, fare, now)
  expect(
    await reasonOf(
      db.execute(sql`${again} where refund_id = ${refundId}), ${issueCreditNote('due', now)} select 1`),
    ),
  ).toContain('receipts_refund_key')
  await giveBack(db, paymentId, fare, now)
  expect(await numbers('receipt', 2025)).toEqual([1])
  expect(await numbered('credit_note', 2025)).toMatchObject([
    { number: 1, paymentId, refundId },
    { number: 2, paymentId },
  ])
})
