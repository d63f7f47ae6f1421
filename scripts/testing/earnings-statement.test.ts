import { expect, test } from 'vitest'
import { loadRideBookings } from '../../db/queries/earnings/load-ride-bookings.ts'
import { loadStatement } from '../../db/queries/earnings/load-statement.ts'
import { monthSpan } from '../../packages/earnings/period.ts'
import { runningBalance } from '../../packages/earnings/running-balance.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { HOLD_MS, postPayout } from '../../packages/ledger/postings.ts'
import { openEarningsWorld, writePosting } from './earnings-world.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const now = new Date('2027-02-01T00:00:00Z')
const inIndia = (text: string) => new Date(`${text}+05:30`)
const read = (driverId: string, month: string) =>
  loadStatement(db, { driverId, month, span: monthSpan(month), staffId: null }, now)

test('a statement has the lines of its month in India, and ends as the next one begins', async () => {
  const world = await openEarningsWorld(db)
  const { driverId } = world
  const instants = [
    '2026-10-31T23:59:59.999',
    '2026-11-01T00:00:00',
    '2026-11-30T23:59:59.999',
    '2026-12-01T00:00:00',
  ]
  for (const [n, at] of instants.map(inIndia).entries()) {
    const booking = await world.book(await world.drive(at), {
      state: 'completed',
      payWith: 'online',
      fare: 10 ** n,
    })
    await world.settle(booking, 10 ** n, 0, at)
  }
  await writePosting(db, postPayout({ driverId, amount: 5 }), inIndia('2026-11-15T12:00:00'))
  const statement = await read(driverId, '2026-11')
  expect(statement).toMatchObject({ driverId, opening: 1 })
  expect(statement?.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
    ['settlement', 10],
    ['payout', -5],
    ['settlement', 100],
  ])
  const [first] = statement?.lines ?? []
  expect(first).toMatchObject({
    ...{
      at: inIndia('2026-11-01T00:00:00'),
      availableAt: new Date(inIndia('2026-11-01T00:00:00').getTime() + HOLD_MS),
    },
    ...{ booking: { isCompleted: true, from: 'Stop', to: 'Stop' }, payout: null },
  })
  const { closing } = runningBalance(1, statement?.lines ?? [])
  expect(closing).toBe(106)
  expect(await read(driverId, '2026-12')).toMatchObject({ opening: closing, lines: [{ amount: 1000 }] })
  expect(await read(driverId, '2026-09')).toMatchObject({ opening: 0, lines: [] })
})

test('who is no driver has no statement', async () => {
  const world = await openEarningsWorld(db)
  const { passengerId } = await world.book(await world.drive(now), {
    state: 'completed',
    payWith: 'cash',
    fare: 1,
  })
  expect(await read(passengerId, '2026-11')).toBeUndefined()
  expect(await read(uuidv7(), '2026-11')).toBeUndefined()
})

test('a ride pays what was agreed, and once it is settled what the ledger has', async () => {
  const world = await openEarningsWorld(db)
  const { driverId } = world
  const at = inIndia('2026-11-20T10:00:00')
  const rideId = await world.drive(at)
  const [cash, online, left, asks] = [
    await world.book(rideId, { state: 'completed', payWith: 'cash', fare: 12_000 }),
    await world.book(rideId, { state: 'completed', payWith: 'online', fare: 30_000, fee: 1770 }),
    await world.book(rideId, { state: 'cancelled', payWith: 'online', fare: 20_000, fee: 1180 }),
    await world.book(rideId, { state: 'pending', payWith: 'online', fare: 700, fee: 590 }),
  ]
  await world.book(rideId, { state: 'cancelled', payWith: 'online', fare: 999, fee: 590 })
  await world.book(rideId, { state: 'no_show', payWith: 'cash', fare: 999 })
  const expected = (of: { bookingId: string }, more: object) =>
    expect.objectContaining({ bookingId: of.bookingId, ...more })
  expect(await loadRideBookings(db, rideId, driverId)).toEqual({
    ...{ rideId, endsAt: at },
    bookings: [
      expected(cash, { payWith: 'cash', fare: 12_000, fee: 0, availableAt: null }),
      expected(online, { payWith: 'online', fare: 30_000, fee: 1770, availableAt: null }),
      expected(asks, { state: 'pending', fare: 700, fee: 590 }),
    ],
  })
  await world.settle(online, 30_000, 1770, at)
  await world.settle(left, 10_000, 1180, at)
  const settled = await loadRideBookings(db, rideId, driverId)
  const availableAt = new Date(at.getTime() + HOLD_MS)
  expect(settled?.bookings).toHaveLength(4)
  expect(settled?.bookings).toEqual(
    expect.arrayContaining([
      expected(online, { fare: 30_000, fee: 1770, availableAt }),
      expected(left, { state: 'cancelled', fare: 10_000, fee: 1180, availableAt }),
    ]),
  )
  expect(await loadRideBookings(db, rideId, (await openEarningsWorld(db)).driverId)).toBeUndefined()
})
