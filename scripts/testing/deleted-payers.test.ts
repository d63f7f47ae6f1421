import { sql } from 'drizzle-orm'
import { afterEach, expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { signIn } from '../../db/queries/auth/sign-in.ts'
import { cancelRide } from '../../db/queries/rides/change-ride.ts'
import { PAYMENT_HOLD_MS } from '../../packages/booking/payment-deadline.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { sendRefunds } from '../../workers/events/send-refunds.ts'
import { settlePayments } from '../../workers/events/settle-payments.ts'
import { settleRides } from '../../workers/events/settle-rides.ts'
import { act } from '../storms/perform.ts'
import { booksOf, findingsAbout, whatIsWrong } from './payment-books.ts'
import { initiateAt, newFinancier, PAID, paidOnline, takeTold, unpaidBooking } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'
import { outboxSurroundings } from './surroundings.ts'

/** Who leaves while money of theirs is on its way: it arrives, and the books stay. */
const world = await openPaymentWorld()
const { db, services, razorpay, ask } = world
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)
const lapsed = PAYMENT_HOLD_MS + 60_000
const HOUR_MS = 3600_000

afterEach(async () => {
  expect(await whatIsWrong(world)).toEqual([])
  razorpay.faults.clear()
})

/** Signs a phone in; returns whose it is. */
async function arrive(phone: string): Promise<string | undefined> {
  const entry = { phone, newUserId: uuidv7(), sessionId: uuidv7(), deviceName: null, refreshHash: uuidv7() }
  return (await signIn(db, { ...entry, now: start, expiresAt: later(HOUR_MS) }))?.id
}

type Paid = Awaited<ReturnType<typeof paidOnline>>
const cancel = ({ bookingId, passengerId }: Paid, now: Date) =>
  act(db, { bookingId, actorId: passengerId, action: 'cancel' }, now)
/** A request that is given up: all of it is to go back. */
async function givenUp(): Promise<Paid> {
  const paid = await paidOnline(world, start, { bookingMode: 'approval' })
  await cancel(paid, later(1000))
  return paid
}
const pendingRefund = () =>
  [...razorpay.books.refunds.values()].find(({ status }) => status === 'pending')?.id ?? ''
const settle = (now: Date) => settlePayments(services, now)
const leaves = async (userId: string, now: Date) => {
  expect(await deleteAccount(db, userId, now)).toMatchObject({ inUse: false, isOwed: false })
  const { rows } = await db.execute(
    sql`select phone, deleted_at is not null as gone from users where id = ${userId}`,
  )
  expect(rows).toEqual([{ phone: null, gone: true }])
}
/** All came back, and nothing is kept for who left. */
async function expectRefunded({ bookingId, passengerId }: Pick<Paid, 'bookingId' | 'passengerId'>) {
  const { refunds, payments, accounts } = await booksOf(world, bookingId)
  const back = refunds.filter(({ state }) => state === 'processed')
  expect(back).toMatchObject([{ amount: PAID }])
  expect(payments).toMatchObject([{ captured: PAID, refunded: PAID, settled: true }])
  expect(accounts).not.toHaveProperty('passenger')
  const { rows } = await db.execute(sql`select receipt.series from receipts receipt
    join payments on payments.id = receipt.payment_id where booking_id = ${bookingId} order by receipt.series`)
  expect(rows).toEqual([{ series: 'credit_note' }, { series: 'receipt' }])
  // What happened is told to who is there; to who left nothing is written.
  await drainOutbox(outboxSurroundings(db), () => Date.now() + HOUR_MS)
  const { rows: left } = await db.execute(
    sql`select 1 from notifications where user_id = ${passengerId}
      union all select 1 from outbox where parked_at is not null or last_error is not null`,
  )
  expect(left).toEqual([])
}

test('who has seats that are paid, or held until they are, does not leave', async () => {
  const [paid, unpaid] = [await paidOnline(world, start), await unpaidBooking(db, start)]
  for (const { passengerId } of [paid, unpaid])
    expect(await deleteAccount(db, passengerId, later(1000))).toMatchObject({ inUse: true, isOwed: false })
  for (const { passengerId } of [paid, unpaid])
    expect(await ask(passengerId, 'POST', '/auth/account/deletion')).toMatchObject({
      ...{ status: 409, body: { code: 'account_in_use' } },
    })
  await leaves(unpaid.passengerId, later(lapsed))
})

test('a refund that is still to be made is made after they have left', async () => {
  const [unsettled, requested] = [await givenUp(), await givenUp()]
  await settlePayments(services, later(2000), [requested.bookingId])
  for (const { passengerId } of [unsettled, requested]) await leaves(passengerId, later(3000))
  await settle(later(4000))
  await sendRefunds(services, later(5000))
  await takeTold(world, later(6000))
  for (const each of [unsettled, requested]) await expectRefunded(each)
})

test('a refund that the bank takes its time for ends after they have left', async () => {
  const paid = await givenUp()
  await settle(later(2000))
  razorpay.newRefunds.add({ state: 'pending' })
  await sendRefunds(services, later(3000))
  expect((await booksOf(world, paid.bookingId)).refunds).toMatchObject([{ state: 'sent' }])
  await leaves(paid.passengerId, later(4000))
  await razorpay.processRefund(pendingRefund())
  await takeTold(world, later(5000))
  await expectRefunded(paid)
})

test('a refund that fails after they have left is on somebody’s list, and can be made again', async () => {
  const paid = await givenUp()
  await settle(later(2000))
  razorpay.newRefunds.add({ state: 'pending' })
  await sendRefunds(services, later(3000))
  await leaves(paid.passengerId, later(4000))
  await razorpay.failRefund(pendingRefund())
  await takeTold(world, later(5000))
  const [failed] = (await booksOf(world, paid.bookingId)).refunds
  expect(failed?.state).toBe('failed')
  expect(await findingsAbout(world, [failed?.id ?? ''])).toEqual(['refund_failed'])
  const again = { amount: { amount: PAID, currency: 'INR' }, reason: 'They left', bearer: 'passenger' }
  const finance = await newFinancier(db, start)
  const body = { ...again, paymentId: paid.paymentId }
  expect(await ask(finance, 'POST', '/payments/refund', body)).toMatchObject({ status: 201 })
  await sendRefunds(services, later(60_000))
  await takeTold(world, later(61_000))
  await expectRefunded(paid)
})

test.each([
  ['before', 'expired'],
  ['after', 'unpaid'],
])(
  'what is paid after they have left confirms nothing, and all goes back; the hold ended %s',
  async (when, is) => {
    const unpaid = await unpaidBooking(db, start)
    const { gatewayOrderId } = await initiateAt(world, unpaid, start)
    if (when === 'before') await settleRides(services, later(lapsed))
    await leaves(unpaid.passengerId, later(lapsed))
    await razorpay.pay(gatewayOrderId)
    expect(await takeTold(world, later(lapsed + 1000))).toContain('taken')
    expect(await booksOf(world, unpaid.bookingId)).toMatchObject({ state: is, kinds: ['capture'] })
    await settleRides(services, later(lapsed + 2000))
    await settle(later(lapsed + 3000))
    await sendRefunds(services, later(lapsed + 4000))
    await takeTold(world, later(lapsed + 5000))
    await expectRefunded(unpaid)
  },
)

test('paid and left at the same moment: either they are still here and ride, or all of it goes back', async () => {
  for (let round = 0; round < 8; round++) {
    const unpaid = await unpaidBooking(db, start)
    const order = await initiateAt(world, unpaid, start)
    await razorpay.pay(order.gatewayOrderId)
    // The hold has lapsed, and nobody has seen it yet.
    const [, deletion] = await Promise.all([
      takeTold(world, later(lapsed)),
      deleteAccount(db, unpaid.passengerId, later(lapsed)),
    ])
    await settleRides(services, later(lapsed + 1000))
    await settle(later(lapsed + 2000))
    await sendRefunds(services, later(lapsed + 3000))
    await takeTold(world, later(lapsed + 4000))
    const { state, refunds } = await booksOf(world, unpaid.bookingId)
    if (deletion?.inUse) expect({ state, refunds }).toEqual({ state: 'confirmed', refunds: [] })
    else await expectRefunded(unpaid)
  }
})

test('a driver leaves once what their rides brought is settled, and who they drove gets the rest back', async () => {
  const paid = await paidOnline(world, start)
  const { rideId, driverId } = paid.ride
  await cancelRide(db, { rideId, driverId, now: later(1000) })
  expect(await deleteAccount(db, driverId, later(2000))).toMatchObject({ inUse: false, isOwed: true })
  await settle(later(3000))
  await leaves(driverId, later(4000))
  await sendRefunds(services, later(5000))
  await takeTold(world, later(6000))
  expect((await booksOf(world, paid.bookingId)).refunds).toMatchObject([{ state: 'processed', amount: PAID }])
})

test('a new account of the same phone has nothing of the old one', async () => {
  const paid = await givenUp()
  await settle(later(2000))
  const { rows } = await db.execute<{ phone: string }>(
    sql`select phone from users where id = ${paid.passengerId}`,
  )
  await leaves(paid.passengerId, later(3000))
  const phone = rows[0]?.phone ?? ''
  const again = (await arrive(phone)) ?? ''
  expect(again).not.toBe(paid.passengerId)
  const notThere = { status: 404, body: { code: 'not_found' } }
  expect(await ask(again, 'GET', `/payments/${paid.bookingId}`)).toMatchObject(notThere)
  expect(await ask(again, 'GET', `/payments/${paid.bookingId}/receipt`)).toMatchObject(notThere)
  expect(await ask(again, 'GET', '/payments/receipts')).toMatchObject({ body: { items: [] } })
  expect(await ask(again, 'GET', '/auth/account/export')).toMatchObject({
    body: { payments: [], refunds: [], receipts: [], ledgerEntries: [] },
  })
  await sendRefunds(services, later(4000))
  await takeTold(world, later(5000))
  await expectRefunded(paid)
})
