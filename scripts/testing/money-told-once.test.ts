import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { loadBookingNews } from '../../db/queries/notifications/load-news.ts'
import { cancelRide, startRide } from '../../db/queries/rides/change-ride.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newFinancier, unpaidBooking } from './payment-flows.ts'
import { openPaymentWorld } from './payment-world.ts'
import { newEarner, withdrawn } from './payouts-world.ts'

const { db, ask } = await openPaymentWorld()
const start = new Date()
const later = (ms: number) => new Date(start.getTime() + ms)

test('who waits to pay hears that the ride was cancelled, not that they paid too late', async () => {
  for (const [change, isCancelled] of [[cancelRide, true] as const, [startRide, false] as const]) {
    const {
      bookingId,
      ride: { rideId, driverId },
    } = await unpaidBooking(db, start)
    const at = later(1000)
    await change(db, { rideId, driverId, now: at, departsBefore: later(24 * 3600_000) })
    const [news] = await loadBookingNews(db, [{ eventId: uuidv7(), bookingId, state: 'expired', at }])
    expect(news).toMatchObject({ previous: 'unpaid', rideCancelled: isCancelled })
  }
})

test('the finance staff hears of a withdrawal when it is asked for, and not with each approval', async () => {
  const id = (await withdrawn(db, await newEarner(db, 30_000_00, start), 30_000_00, start)).id
  const toldOf = async () => {
    const { rows } = await db.execute(
      sql`select payload ->> 'state' as state from outbox where payload ->> 'payoutId' = ${id} and payload ->> 'state' <> 'sent' order by 1 desc`,
    )
    return rows.map(({ state }) => state)
  }
  expect(await toldOf()).toEqual(['waiting'])
  expect(await ask(await newFinancier(db, start), 'POST', `/admin/payouts/${id}/approve`)).toMatchObject({
    status: 200,
  })
  expect(await toldOf()).toEqual(['waiting'])
  const second = await newFinancier(db, start)
  expect(await ask(second, 'POST', `/admin/payouts/${id}/approve`)).toMatchObject({ status: 200 })
  expect(await toldOf()).toEqual(['waiting', 'approved'])
})
