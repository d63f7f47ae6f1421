import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import { z } from 'zod'
import { type Db, readRows } from '../../db/client.ts'
import { textList } from '../../db/lists.ts'
import { claimSeats } from '../../db/queries/bookings/claim-seats.ts'
import { keepGatewayOrder, openOrder } from '../../db/queries/payments/open-order.ts'
import { keepWebhook } from '../../db/queries/payments/webhook-events.ts'
import { choosePaying } from '../../packages/booking/paying.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { reconcilePayments } from '../../workers/events/reconcile-payments.ts'
import { takeWebhooks } from '../../workers/events/take-webhooks.ts'
import { type NewRide, newRide, quoteFor, type RideOptions } from '../storms/new-ride.ts'
import { newPerson } from './open-world.ts'
import { booksOf, whatIsWrong } from './payment-books.ts'
import type { PaymentWorld } from './payment-world.ts'

const HOUR_MS = 3600_000
/** The fare of the bookings that are made here, and the fee on it: ₹11.80 and GST. Together ₹250. */
export const FARE = 23_608
export const FEE = 1_392
export const PAID = FARE + FEE

/** Somebody who works with money. */
export async function newFinancier(db: Db, now: Date): Promise<string> {
  const id = await newPerson(db, now)
  await db.execute(
    sql`insert into staff_roles (user_id, role, granted_by, granted_at) values (${id}, 'finance', ${id}, ${now})`,
  )
  return id
}

export interface Unpaid {
  ride: NewRide
  bookingId: string
  passengerId: string
}

/** A booking that waits for its payment. */
export async function unpaidBooking(
  db: Db,
  now: Date,
  options: Partial<RideOptions> & { on?: NewRide } = {},
): Promise<Unpaid> {
  const { on, ...more } = options
  const departsAt = new Date(now.getTime() + 3 * HOUR_MS)
  const usual = { bookingMode: 'instant', legs: 2, capacity: 4, departsAt } as const
  const ride = on ?? (await newRide(db, { ...usual, ...more }, now))
  const passengerId = await newPerson(db, now)
  const whole = { legFrom: 0, legTo: 2, seats: 1 }
  const quote = { ...quoteFor(ride, passengerId, whole, now), fareAmount: FARE }
  const paying = choosePaying(quote, 'online', true, now.getTime())
  const claim = { id: uuidv7(now.getTime()), quote, seatIds: null, answerBy: departsAt, paying }
  const booking = await claimSeats(db, claim, now)
  if (booking?.state !== 'unpaid') throw new Error('no unpaid booking')
  return { ride, bookingId: booking.id, passengerId }
}

/** What the checkout would be opened with. */
export const InitiatedOrder = z.looseObject({ orderId: z.string(), gatewayOrderId: z.string() })

export async function initiate({ ask }: PaymentWorld, { bookingId, passengerId }: Unpaid) {
  return InitiatedOrder.parse((await ask(passengerId, 'POST', '/payments/initiate', { bookingId })).body)
}

/** An unpaid booking, and what its checkout handed over. */
export async function checkOut(
  world: PaymentWorld,
  now: Date,
  how: Parameters<PaymentWorld['razorpay']['pay']>[1] = {},
) {
  const unpaid = await unpaidBooking(world.db, now)
  const order = await initiate(world, unpaid)
  const { checkout, payment } = await world.razorpay.pay(order.gatewayOrderId, how)
  const verify = (more: object = {}, by = unpaid.passengerId) =>
    world.ask(by, 'POST', '/payments/verify', { orderId: order.orderId, ...checkout, ...more })
  return { ...unpaid, ...order, checkout, payment, verify }
}

/** A booking that is paid and confirmed; the webhooks of it are delivered. */
export async function paidOnline(
  world: PaymentWorld,
  now: Date,
  options: Parameters<typeof unpaidBooking>[2] = {},
) {
  const unpaid = await unpaidBooking(world.db, now, options)
  const order = await initiateAt(world, unpaid, now)
  const { payment } = await world.razorpay.pay(order.gatewayOrderId)
  await takeTold(world, now)
  const [paid] = (await booksOf(world, unpaid.bookingId)).payments
  if (!paid) throw new Error('not paid')
  return { ...unpaid, ...order, paymentId: paid.id, gatewayPaymentId: payment.id }
}

/** The same, for a clock that is not now. */
export async function initiateAt(
  { db, services }: PaymentWorld,
  { bookingId, passengerId }: Unpaid,
  now: Date,
) {
  const order = await openOrder(db, { id: uuidv7(now.getTime()), bookingId, payerId: passengerId }, now)
  if (!order || !services.payments) throw new Error('nothing to pay')
  const { id, amount } = order
  const { id: theirs } = await services.payments.createOrder({ id, amount, notes: {} })
  return { orderId: id, gatewayOrderId: (await keepGatewayOrder(db, id, theirs, now)) ?? '' }
}

/** Takes webhooks in that wait, as of this instant; returns what became of each. */
export async function takeTold({ db, services, told }: PaymentWorld, now: Date): Promise<string[]> {
  const ids: string[] = []
  for (const webhook of told.splice(0)) {
    const id = webhook.headers.get('x-razorpay-event-id') ?? ''
    if (await keepWebhook(db, { id, event: 'told', body: await webhook.text() }, now)) ids.push(id)
  }
  await takeWebhooks(services, now)
  const Row = z.object({ id: z.string(), outcome: z.string().nullable() })
  const rows = await readRows(db, sql`select id, outcome from webhook_events where id in ${textList(ids)}`, Row)
  return ids.map((id) => rows.find((row) => row.id === id)?.outcome ?? 'waits')
}

/** Whatever happened: once the gateway answers again and the reconciler was there, the ledger balances and the gateway says the same. */
export async function expectReconciled(world: PaymentWorld, now: Date): Promise<void> {
  const { db, services, razorpay, told } = world
  razorpay.faults.clear()
  told.splice(0)
  await db.execute(sql`update payment_orders set check_at = ${now}`)
  await reconcilePayments(services, now)
  expect(await whatIsWrong(world)).toEqual([])
}
