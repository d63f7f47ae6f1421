import { type SQL, sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import type { Db } from '../../db/client.ts'
import { listNotifications } from '../../db/queries/notifications/own-notifications.ts'
import { tellMoneyCaptured, tellMoneyPayout, tellMoneyRefund } from '../../db/queries/outbox/tell.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { presentNotification } from '../../packages/notifications/present-notification.ts'
import type { UserEvent } from '../../packages/protocol/user-event.ts'
import { after, newPlaces, newReader, start } from './notification-world.ts'
import { openWorld } from './open-world.ts'
import { giveBack, newStaff, paidBooking, payFor } from './paid-booking.ts'

// The outbox is drained many times.
vi.setConfig({ testTimeout: 20_000 })
const db = await openWorld()
const indian = new Intl.DateTimeFormat('en-IN', {
  timeZone: 'Asia/Kolkata',
  hour: 'numeric',
  minute: '2-digit',
})

/** Writes what the application would with a change of these rows. */
const announce = (of: Db, told: SQL, table: 'payments' | 'refunds' | 'payouts', id: string) =>
  of.execute(
    sql`with changed as (select * from ${sql.raw(table)} where id = ${id}), told as (${told}) select 1`,
  )

async function textsOf(userId: string): Promise<string[]> {
  const rows = await listNotifications(db, { userId, unread: false, limit: 100 })
  return rows.map((row) => {
    const { title, body } = presentNotification(row)
    return `${title}: ${body}`.replaceAll(/\s+/gu, ' ')
  })
}

/** Drains the outbox; returns what the hub of each person was told of money. */
async function drain(at: Date): Promise<[string, string][]> {
  const heard: [string, string][] = []
  const tellUser = async (userId: string, events: readonly UserEvent[]) => {
    for (const event of events)
      if (event.type !== 'notification:new')
        heard.push([userId, 'state' in event ? `${event.type} ${event.state}` : event.type])
    return true
  }
  const places = newPlaces()
  await places.drain(db, at, { live: { tellUser } })
  expect(places.errors).toEqual([])
  return heard
}

test('who paid hears of it once, and of what goes back when it has left or failed', async () => {
  const booking = await paidBooking(db, start)
  const { passengerId, driverId } = booking
  const paymentId = await payFor(db, booking, start)
  await announce(db, tellMoneyCaptured('changed', start), 'payments', paymentId)
  expect(await drain(start)).toEqual([[passengerId, 'payment:captured']])
  const about = `Bengaluru → Mandya, Tue, 1 Dec, ${indian.format(after(3600)).replaceAll(/\s+/gu, ' ')}.`
  const paid = `You have paid ₹259: ${about} Your receipt is in the app.`
  expect(await textsOf(passengerId)).toEqual([paid])

  const refundId = await giveBack(db, paymentId, 12_550, start)
  for (const [n, state] of ['requested', 'sent', 'processed', 'failed'].entries()) {
    const tryAt = ['requested', 'sent'].includes(state) ? start : null
    await db.execute(sql`update refunds set state = ${state}, try_at = ${tryAt} where id = ${refundId}`)
    await announce(db, tellMoneyRefund('changed', start), 'refunds', refundId)
    expect(await drain(after(10 + n))).toEqual([[passengerId, `refund:updated ${state}`]])
  }
  expect(await textsOf(passengerId)).toEqual([
    `₹125.50 could not be sent back yet: ${about} We are looking after it: you need not do anything.`,
    `₹125.50 is on its way back to you: ${about} Your bank may take a few days.`,
    paid,
  ])
  expect(await textsOf(driverId)).toEqual([])
})

test('who paid twice hears only of what goes back', async () => {
  const booking = await paidBooking(db, start)
  const paymentId = await payFor(db, booking, start)
  // Settled, so that nobody tries to.
  await db.execute(sql`update payments set surplus = true, settled_at = ${start} where id = ${paymentId}`)
  await announce(db, tellMoneyCaptured('changed', start), 'payments', paymentId)
  expect(await drain(start)).toEqual([[booking.passengerId, 'payment:captured']])
  expect(await textsOf(booking.passengerId)).toEqual([])
})

test('a payout is told to the finance staff while it waits for them, and to its driver when it ends', async () => {
  const { driverId } = await paidBooking(db, start)
  const [finance, operator] = [await newStaff(db, 'finance', start), await newStaff(db, 'operator', start)]
  const [methodId, payoutId] = [uuidv7(), uuidv7()]
  await db.execute(sql`insert into payout_methods (id, driver_id, kind, last_four, created_at)
    values (${methodId}, ${driverId}, 'upi', 'upi1', ${start})`)
  await db.execute(sql`insert into payouts (id, driver_id, method_id, amount, currency, state, rail, approvals_needed, requested_at,
      updated_at) values (${payoutId}, ${driverId}, ${methodId}, 1200000, 'INR', 'waiting', 'gateway', 1, ${start}, ${start})`)
  for (const [n, state] of ['waiting', 'approved', 'sent', 'paid', 'reversed'].entries()) {
    await db.execute(sql`update payouts set state = ${state} where id = ${payoutId}`)
    await announce(db, tellMoneyPayout('changed', start), 'payouts', payoutId)
    expect(await drain(after(10 + n))).toEqual([[driverId, `payout:updated ${state}`]])
  }
  expect(await textsOf(finance)).toEqual(['A withdrawal of ₹12,000 waits: Approve it, or pay it by hand.'])
  expect(await textsOf(operator)).toEqual([])
  expect(await textsOf(driverId)).toEqual([
    '₹12,000 could not be paid to you: The money is back in your wallet. Check your details and try again.',
    '₹12,000 was paid to you: Your withdrawal has left for your account.',
  ])
})

test('a push carries the text and, beside it, ids alone', async () => {
  const [{ userId, token }, booking] = [await newReader(db), await paidBooking(db, start)]
  await db.execute(sql`update bookings set passenger_id = ${userId} where id = ${booking.bookingId}`)
  const paymentId = await payFor(db, booking, start)
  await announce(db, tellMoneyCaptured('changed', start), 'payments', paymentId)
  const places = newPlaces()
  await places.drain(db, start)
  const pushed = places.pushed.filter((push) => push.token === token)
  expect(pushed).toHaveLength(1)
  expect(JSON.stringify(pushed)).toContain('You have paid ₹259')
  expect(JSON.stringify(pushed[0]?.data)).not.toMatch(/amount|25900|₹/)
  expect(pushed[0]?.data).toMatchObject({ paymentId, bookingId: booking.bookingId })
})
