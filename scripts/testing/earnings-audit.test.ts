import { type SQL, sql } from 'drizzle-orm'
import { beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import { auditBooks, FINDINGS_A_PAGE } from '../../db/queries/ledger/audit-books.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import {
  postCapture,
  postPayout,
  postPayoutPaid,
  postPayoutReturned,
  postRefund,
  postRefundFailed,
  postRefundPaid,
  postSettlement,
} from '../../packages/ledger/postings.ts'
import { auditBooks as auditNightly } from '../../workers/events/audit-books.ts'
import { watched, whileBroken } from './break-books.ts'
import { openEarningsWorld, writePosting } from './earnings-world.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const now = new Date('2026-11-23T06:00:00Z')
const world = await openEarningsWorld(db)
const { driverId } = world

/** A payment with a refund in each state, of which the failed one is not of the refunded. */
async function pay(): Promise<{ paymentId: string; refunds: Record<string, string>; passengerId: string }> {
  const { bookingId, passengerId } = await world.book(await world.drive(now), {
    ...{ state: 'cancelled', payWith: 'online', fare: 1000 },
  })
  const [orderId, paymentId] = [uuidv7(), uuidv7()]
  await db.execute(sql`insert into payment_orders (id, booking_id, payer_id, amount, currency, state, gateway_order_id, created_at, updated_at)
    values (${orderId}, ${bookingId}, ${passengerId}, 1000, 'INR', 'paid', ${orderId}, ${now}, ${now})`)
  await db.execute(sql`insert into payments (id, order_id, booking_id, gateway_payment_id, amount, state, captured, refunded,
      captured_at, created_at, updated_at)
    values (${paymentId}, ${orderId}, ${bookingId}, ${paymentId}, 1000, 'captured', 1000, 600, ${now}, ${now}, ${now})`)
  await writePosting(db, postCapture({ passengerId, amount: 1000, gatewayFee: 20 }), now, {
    reference: paymentId,
    bookingId,
  })
  const source = { account: 'passenger', ownerId: passengerId } as const
  const refunds: Record<string, string> = {}
  for (const [state, amount] of Object.entries({ requested: 100, sent: 200, processed: 300, failed: 50 })) {
    const id = (refunds[state] = uuidv7())
    const of = { reference: id, bookingId }
    await db.execute(sql`insert into refunds (id, payment_id, booking_id, amount, cause, bearer, state, try_at, created_at, updated_at)
      values (${id}, ${paymentId}, ${bookingId}, ${amount}, 'goodwill', 'passenger', ${state},
        ${['requested', 'sent'].includes(state) ? now : null}, ${now}, ${now})`)
    await writePosting(db, postRefund(source, amount), now, of)
    if (state === 'processed') await writePosting(db, postRefundPaid(amount), now, of)
    if (state === 'failed') await writePosting(db, postRefundFailed(source, amount), now, of)
  }
  const end = { passengerId, driverId, fareKept: 300, feeKept: 0, tax: 0, at: now.getTime() }
  await writePosting(db, postSettlement(end), now, { reference: paymentId, bookingId })
  return { paymentId, refunds, passengerId }
}

/** A payout of the driver that came to this state. */
async function payOut(methodId: string, state: 'waiting' | 'sent' | 'paid' | 'failed'): Promise<string> {
  const [id, amount] = [uuidv7(), 60]
  await db.execute(sql`insert into payouts (id, driver_id, method_id, amount, currency, state, rail, approvals_needed, requested_at, updated_at)
    values (${id}, ${driverId}, ${methodId}, ${amount}, 'INR', ${state}, 'manual', 0, ${now}, ${now})`)
  await writePosting(db, postPayout({ driverId, amount }), now, { reference: id })
  if (state === 'paid') await writePosting(db, postPayoutPaid(amount, 'bank', 3), now, { reference: id })
  if (state === 'failed')
    await writePosting(db, postPayoutReturned({ driverId, amount }), now, { reference: id })
  return id
}

const paid = [await pay(), await pay(), await pay()] as const
const methodId = uuidv7()
await db.execute(sql`insert into payout_methods (id, driver_id, kind, last_four, created_at)
  values (${methodId}, ${driverId}, 'upi', '@okx', ${now})`)
const payouts = {
  waiting: await payOut(methodId, 'waiting'),
  sent: await payOut(methodId, 'sent'),
  paid: await payOut(methodId, 'paid'),
  failed: await payOut(methodId, 'failed'),
}
const [{ paymentId, refunds, passengerId }] = paid

const Finding = z.object({ kind: z.string(), reference: z.string(), detail: z.string() })
const findings = () =>
  readRows(
    db,
    sql`select kind, reference, detail from money_findings where resolved_at is null order by kind, reference`,
    Finding,
  )

beforeEach(async () => {
  await db.execute(sql`delete from money_findings`)
})

/** What the audit finds in books that are broken so. */
async function withBroken(tables: readonly string[], ...changes: SQL[]) {
  return await whileBroken(db, tables, changes, async () => ({
    // Pages of two things, so that what differs is on any of them.
    differences: await auditBooks(db, now, 2),
    found: await findings(),
  }))
}

test('books that are right have nothing to find, whatever the pages', async () => {
  for (const atOnce of [1, 2, 3, 1000]) expect(await auditBooks(db, now, atOnce)).toBe(0)
  expect(await findings()).toEqual([])
})

test('a balance that somebody set is found', async () => {
  const broken = await withBroken(
    ['ledger_balances'],
    sql`update ledger_balances set balance = balance + 1 where owner_id = ${passengerId}`,
  )
  expect(broken).toEqual({
    differences: 1,
    found: [
      {
        kind: 'books_balance',
        reference: `passenger ${passengerId}`,
        detail: '101 paise, but 100 in the ledger',
      },
    ],
  })
})

test('a balance without entries, and entries without a balance, are found', async () => {
  const nobody = uuidv7()
  const broken = await withBroken(
    ['ledger_balances'],
    sql`insert into ledger_balances values ('driver', ${nobody}, 'INR', 5)`,
    sql`delete from ledger_balances where owner_id = ${driverId}`,
  )
  expect(broken.found.map(({ reference }) => reference)).toEqual(
    [`driver ${driverId}`, `driver ${nobody}`].toSorted(),
  )
})

test('a transaction that does not balance, or has no entries, is found, and whose balance it moved', async () => {
  const empty = uuidv7()
  const broken = await withBroken(
    ['ledger_transactions', 'ledger_entries'],
    sql`insert into ledger_transactions (id, kind, reference, at) values (${empty}, 'correction', ${empty}, ${now})`,
    sql`update ledger_entries set amount = amount + 7 where account = 'driver' and transaction_id =
      (select id from ledger_transactions where kind = 'settlement' and reference = ${paymentId})`,
  )
  expect(broken.found).toHaveLength(3)
  expect(broken.found).toEqual(
    expect.arrayContaining([
      { kind: 'books_balance', reference: `driver ${driverId}`, detail: '720 paise, but 727 in the ledger' },
      expect.objectContaining({ kind: 'books_transaction', detail: 'its entries add up to 7' }),
      { kind: 'books_transaction', reference: empty, detail: 'it has no entries' },
    ]),
  )
})

test('a payment that is not posted, or posted and never came, is found', async () => {
  const ghost = uuidv7()
  const broken = await withBroken(
    ['ledger_transactions', 'ledger_entries', 'ledger_balances'],
    sql`update ledger_transactions set reference = ${ghost} where kind = 'capture' and reference = ${paymentId}`,
  )
  expect(broken.found).toEqual(
    [
      { kind: 'books_capture', reference: paymentId, detail: '1000 paise, but 0 in the ledger' },
      { kind: 'books_capture', reference: ghost, detail: '0 paise, but 1000 in the ledger' },
    ].toSorted((a, b) => (a.reference < b.reference ? -1 : 1)),
  )
})

test('what is counted as given back and was not is found', async () => {
  const broken = await withBroken(['payments'], sql`update payments set refunded = 500 where id = ${paymentId}`)
  expect(broken.found).toEqual([
    { kind: 'books_refunded', reference: paymentId, detail: '500 paise, but 600 in the ledger' },
  ])
})

const refundStates = { requested: 'processed', sent: 'failed', processed: 'sent', failed: 'processed' } as const
test.each(Object.entries(refundStates))(
  'a refund that is %s in the ledger and called %s is found',
  async (state, called) => {
    const tryAt = called === 'sent' ? now : null
    const broken = await withBroken(
      ['refunds'],
      sql`update refunds set state = ${called}, try_at = ${tryAt} where id = ${refunds[state]}`,
    )
    expect(broken.found).toEqual([expect.objectContaining({ kind: 'books_refund', reference: refunds[state] })])
  },
)

const payoutStates = { waiting: 'failed', sent: 'paid', paid: 'sent', failed: 'paid' } as const
test.each(Object.entries(payoutStates))(
  'a payout that is %s in the ledger and called %s is found',
  async (state, called) => {
    const id = Object.entries(payouts).find(([each]) => each === state)?.[1]
    const broken = await withBroken(['payouts'], sql`update payouts set state = ${called} where id = ${id}`)
    expect(broken.found).toEqual([expect.objectContaining({ kind: 'books_payout', reference: id })])
  },
)

test('what is found every night is told every night, and stands once', async () => {
  const change = sql`update payments set refunded = 500 where id = ${paymentId}`
  await withBroken(['payments'], change)
  expect((await withBroken(['payments'], change)).differences).toBe(1)
  expect(await findings()).toHaveLength(1)
})

test('of very many things that are wrong some are written down each night', async () => {
  const tables = ['ledger_transactions']
  const empty = sql`insert into ledger_transactions (id, kind, reference, at)
    select gen_random_uuid(), 'correction', gen_random_uuid(), ${now}::timestamptz from generate_series(0, ${FINDINGS_A_PAGE}::int)`
  const counts = await whileBroken(db, tables, [empty], async () => {
    const night = async () => [await auditBooks(db, now), (await findings()).length]
    return [await night(), await night()]
  })
  const all = FINDINGS_A_PAGE + 1
  expect(counts).toEqual([
    [all, FINDINGS_A_PAGE],
    [all, all],
  ])
})

test('the sweep adds the books up once a night in India, after two o’clock', async () => {
  const known = new Set<string>()
  const logged: unknown[] = []
  let asked = 0
  const services = {
    db: watched(db, () => asked++),
    redis: {
      set: async (key: string, _: number, options: { nx: true; ex: number } | { ex: number }) =>
        'nx' in options && known.has(key) ? null : known.add(key) && 'OK',
    },
    log: { info: () => undefined, warn: () => undefined, error: (...said: unknown[]) => logged.push(said) },
  }
  const runs = async (at: string) => {
    const before = asked
    const { bookDifferences } = await auditNightly(services, new Date(`${at}+05:30`))
    return { ran: asked > before, bookDifferences }
  }
  expect(await runs('2026-11-23T02:00:00')).toEqual({ ran: true, bookDifferences: 0 })
  expect((await runs('2026-11-23T02:01:00')).ran).toBe(false)
  expect((await runs('2026-11-24T01:59:59')).ran).toBe(false)
  expect(logged).toEqual([])
  await db.execute(sql`update payments set refunded = 500 where id = ${paymentId}`)
  expect(await runs('2026-11-24T02:00:00')).toEqual({ ran: true, bookDifferences: 1 })
  await db.execute(sql`update payments set refunded = 600 where id = ${paymentId}`)
  expect(logged).toEqual([['the books differ', { bookDifferences: 1 }]])
})
