import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { loadEarnings } from '../../db/queries/earnings/load-earnings.ts'
import { daysSpan, type EarningPeriod, type Span } from '../../packages/earnings/period.ts'
import { newPeople } from '../storms/new-ride.ts'
import { openEarningsWorld, writePosting } from './earnings-world.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const now = new Date('2027-02-01T00:00:00Z')
const inIndia = (text: string) => new Date(`${text}+05:30`)

const read = (driverId: string, by: EarningPeriod, span: Partial<Span> = {}, limit = 50) =>
  loadEarnings(db, { driverId, by, span, limit, staffId: null }, now)
const periods = async (...asked: Parameters<typeof read>) =>
  (await read(...asked)).map(({ period, online, cash, cancellations, refunds }) => [
    period,
    online + cash + cancellations + refunds,
  ])

test('a period begins at midnight in India, a week on Monday, and empty ones are left out', async () => {
  const world = await openEarningsWorld(db)
  // 30 November 2026 is a Monday.
  const instants = [
    '2026-11-29T23:59:59.999',
    '2026-11-30T00:00:00',
    '2026-11-30T23:59:59.999',
    '2026-12-01T00:00:00',
    '2026-12-06T23:59:59.999',
    '2026-12-07T00:00:00',
    '2026-12-31T23:59:59.999',
    '2027-01-01T00:00:00',
  ].map(inIndia)
  for (const [n, at] of instants.entries()) {
    // Of powers of two every sum says what is in it; the wallet and cash take turns.
    const rideId = await world.drive(at)
    const payWith = n % 2 === 0 ? 'online' : 'cash'
    const booking = await world.book(rideId, { state: 'completed', payWith, fare: 2 ** n })
    if (payWith === 'online') await world.settle(booking, 2 ** n, 0, at)
  }
  const { driverId } = world
  expect(await periods(driverId, 'day')).toEqual([
    ['2027-01-01', 128],
    ['2026-12-31', 64],
    ['2026-12-07', 32],
    ['2026-12-06', 16],
    ['2026-12-01', 8],
    ['2026-11-30', 2 + 4],
    ['2026-11-29', 1],
  ])
  expect(await periods(driverId, 'week')).toEqual([
    ['2026-12-28', 64 + 128],
    ['2026-12-07', 32],
    ['2026-11-30', 2 + 4 + 8 + 16],
    ['2026-11-23', 1],
  ])
  expect(await periods(driverId, 'month')).toEqual([
    ['2027-01-01', 128],
    ['2026-12-01', 8 + 16 + 32 + 64],
    ['2026-11-01', 1 + 2 + 4],
  ])
  // The days that were asked for, both of them, cut periods.
  expect(await periods(driverId, 'month', daysSpan('2026-11-30', '2026-12-06'))).toEqual([
    ['2026-12-01', 8 + 16],
    ['2026-11-01', 2 + 4],
  ])
  expect(await periods(driverId, 'day', daysSpan(undefined, '2026-11-30'), 1)).toEqual([['2026-11-30', 2 + 4]])
})

test('each kind of money is told apart, for a period and for its rides, and adds up', async () => {
  const world = await openEarningsWorld(db)
  const [early, late] = [inIndia('2026-11-20T10:00:00'), inIndia('2026-11-20T18:00:00')]
  const [morning, evening] = [await world.drive(early), await world.drive(late)]
  const online = await world.book(morning, { state: 'completed', payWith: 'online', fare: 30_000, fee: 1770 })
  await world.settle(online, 30_000, 1770, early)
  await world.book(morning, { state: 'completed', payWith: 'cash', fare: 12_000 })
  // Of these nothing is earned.
  await world.book(morning, { state: 'no_show', payWith: 'cash', fare: 500 })
  await world.book(morning, { state: 'completed', payWith: 'cash', fare: 0 })
  const absent = await world.book(evening, { state: 'no_show', payWith: 'online', fare: 20_000, fee: 1180 })
  await world.settle(absent, 20_000, 1180, late)
  await world.takeBack(online.bookingId, 4_000, late)
  const { driverId } = world
  await writePosting(
    db,
    {
      kind: 'correction',
      lines: [
        { account: 'driver', ownerId: driverId, amount: 50 },
        { account: 'costs', amount: -50 },
      ],
    },
    late,
  )
  const nothing = { online: 0, cash: 0, cancellations: 0, refunds: 0, corrections: 0 }
  expect(await read(driverId, 'day')).toEqual([
    {
      ...{ period: '2026-11-20', rideCount: 2, online: 30_000, cash: 12_000, cancellations: 20_000 },
      ...{ refunds: -4_000, corrections: 50 },
      rides: [
        expect.objectContaining({ ...nothing, rideId: evening, bookings: 1, cancellations: 20_000 }),
        expect.objectContaining({
          ...{ ...nothing, rideId: morning, bookings: 2, online: 30_000, cash: 12_000, refunds: -4_000 },
          ...{ from: 'Stop', to: 'Stop' },
        }),
      ],
    },
  ])
})

test('what leaves the wallet for its driver is no loss, and other drivers’ money is not here', async () => {
  const [world, other] = [await openEarningsWorld(db), await openEarningsWorld(db)]
  const at = inIndia('2026-11-20T10:00:00')
  const booking = await world.book(await world.drive(at), { state: 'completed', payWith: 'online', fare: 900 })
  await world.settle(booking, 900, 0, at)
  await writePosting(
    db,
    {
      kind: 'payout',
      lines: [
        { account: 'driver', ownerId: world.driverId, amount: -900 },
        { account: 'payouts', amount: 900 },
      ],
    },
    at,
  )
  expect(await periods(world.driverId, 'day')).toEqual([['2026-11-20', 900]])
  expect(await periods(other.driverId, 'day')).toEqual([])
})

test('that the staff looked is on record, and that the driver did is not', async () => {
  const { driverId } = await openEarningsWorld(db)
  const [staffId] = await newPeople(db, 1, now)
  const looks = async () =>
    (await db.execute(sql`select actor_id, details from audit_events where subject = ${driverId}`)).rows
  await read(driverId, 'day')
  expect(await looks()).toEqual([])
  await loadEarnings(db, { driverId, by: 'week', span: {}, limit: 1, staffId: staffId ?? null }, now)
  expect(await looks()).toEqual([{ actor_id: staffId, details: { by: 'week' } }])
})
