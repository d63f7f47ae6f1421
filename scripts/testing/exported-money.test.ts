import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { act } from '../storms/perform.ts'
import { newPerson } from './open-world.ts'
import { FARE, FEE, newFinancier, PAID, paidOnline, takeTold } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'
import { newEarner, withdrawn } from './payouts-world.ts'

const world = await openPaymentWorld()
const { db, services, ask } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const HALF = Math.round(FARE / 2)
const money = (amount: number) => ({ amount, currency: 'INR' })
const instant = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:]{8}\.\d{3}Z$/)

const Amount = z.object({ amount: z.number(), currency: z.string() })
const Exported = z.looseObject({
  receipts: z.array(z.looseObject({ fare: Amount, fee: Amount, tax: Amount, total: Amount })),
  ledgerEntries: z.array(z.unknown()),
})
const exportOf = async (userId: string) => {
  const { status, body } = await ask(userId, 'GET', '/auth/account/export')
  expect(status).toBe(200)
  return Exported.parse(body)
}
const Refund = z.object({ id: z.string(), gatewayId: z.string() })

/** A booking that was paid and given up late: half the fare went back, the rest is its driver's. */
async function paidAndGivenUp() {
  const paid = await paidOnline(world, start)
  const { bookingId, passengerId } = paid
  await act(db, { bookingId, actorId: passengerId, action: 'cancel' }, later(1000))
  await settlePayments(services, later(2000), [bookingId])
  await sendRefunds(services, later(3000))
  await takeTold(world, later(4000))
  const { rows } = await db.execute(
    sql`select id, gateway_refund_id as "gatewayId" from refunds where booking_id = ${bookingId}`,
  )
  return { ...paid, refund: Refund.parse(rows[0]) }
}

const [mine, theirs] = [await paidAndGivenUp(), await paidAndGivenUp()]

test('a passenger has all that they paid and got back', async () => {
  const { bookingId, orderId, gatewayOrderId, paymentId, gatewayPaymentId, refund } = mine
  const exported = await exportOf(mine.passengerId)
  expect(exported).toMatchObject({
    bookings: [{ id: bookingId, fare: money(FARE), fee: money(FEE), payWith: 'online', sameGender: false }],
    paymentOrders: [{ id: orderId, bookingId, state: 'paid', amount: money(PAID), gatewayOrderId }],
    payments: [
      {
        ...{ id: paymentId, orderId, bookingId, gatewayPaymentId, state: 'captured', isSurplus: false },
        ...{ amount: money(PAID), refunded: money(HALF), method: 'upi', capturedAt: instant },
      },
    ],
    refunds: [
      {
        ...{ id: refund.id, paymentId, bookingId, gatewayRefundId: refund.gatewayId, cause: 'ending' },
        ...{ amount: money(HALF), state: 'processed', failure: null },
      },
    ],
    receipts: [
      { kind: 'receipt', number: expect.stringMatching(/^MRG\/\d{4}\/\d{7}$/), paymentId, refundId: null },
      { kind: 'credit_note', number: expect.stringMatching(/^MRC\/\d{4}\/\d{7}$/), refundId: refund.id },
    ],
    ...{ payoutMethods: [], withdrawals: [] },
  })
  const { total, fare, fee, tax } = exported.receipts[0] ?? {}
  expect({ total, fare, fee: (fee?.amount ?? 0) + (tax?.amount ?? 0) }).toEqual({
    ...{ total: money(PAID), fare: money(FARE), fee: FEE },
  })
  const about = { bookingId, availableAt: null, at: instant }
  const entry = (kind: string, amount: number) => ({
    account: 'passenger',
    kind,
    amount: money(amount),
    ...about,
  })
  expect(exported.ledgerEntries).toHaveLength(3)
  expect(exported.ledgerEntries).toEqual(
    expect.arrayContaining([entry('capture', PAID), entry('settlement', HALF - PAID), entry('refund', -HALF)]),
  )
})

test('a driver has what reached the wallet and left it, and of bank accounts the end', async () => {
  expect((await exportOf(mine.ride.driverId)).ledgerEntries).toEqual([
    {
      ...{ account: 'driver', kind: 'settlement', bookingId: mine.bookingId, amount: money(FARE - HALF) },
      ...{ availableAt: instant, at: instant },
    },
  ])
  const [earner, other] = [await newEarner(db, 500_00, start), await newEarner(db, 500_00, start)]
  const payout = await withdrawn(db, earner, 200_00, later(1000), { rail: 'manual' })
  await withdrawn(db, other, 100_00, later(1000), { rail: 'manual' })
  const exported = await exportOf(earner.driverId)
  expect(exported).toMatchObject({
    payoutMethods: [{ id: earner.methodId, kind: 'bank', lastFour: expect.stringMatching(/^\d{4}$/) }],
    withdrawals: [{ id: payout.id, methodId: earner.methodId, amount: money(200_00) }],
    ledgerEntries: [
      { account: 'driver', kind: 'correction', amount: money(500_00) },
      { account: 'driver', kind: 'payout', amount: money(-200_00) },
    ],
  })
  expect(JSON.stringify(exported)).not.toMatch(/1000000000\d\d|HDFC|Asha Rao/)
  expect(JSON.stringify(exported)).not.toContain(other.methodId)
})

test('of others nothing is in it, whoever they are to each other', async () => {
  const { orderId, paymentId, refund, bookingId, passengerId } = theirs
  const secrets = [orderId, paymentId, refund.id, refund.gatewayId, bookingId, passengerId]
  secrets.push(theirs.gatewayOrderId, theirs.gatewayPaymentId)
  const finance = await newFinancier(db, start)
  const reason = { reason: 'Sorry', bearer: 'platform', amount: money(100) }
  expect(await ask(finance, 'POST', '/payments/refund', { ...reason, paymentId })).toMatchObject({
    status: 201,
  })
  const none = { paymentOrders: [], payments: [], refunds: [], receipts: [] }
  const stranger = await newPerson(db, start)
  for (const person of [mine.passengerId, mine.ride.driverId, stranger]) {
    const text = JSON.stringify(await exportOf(person))
    for (const secret of secrets) expect(text).not.toContain(secret)
  }
  expect(await exportOf(stranger)).toMatchObject({ ...none, ledgerEntries: [] })
  // The driver knows the booking, and nothing of how it was paid; who gave something back has done so on record.
  expect(await exportOf(theirs.ride.driverId)).toMatchObject(none)
  expect(await exportOf(finance)).toMatchObject({
    ...{ ...none, ledgerEntries: [], staffActions: [{ action: 'payment.refund', subject: paymentId }] },
  })
})
