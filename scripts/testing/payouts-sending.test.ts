import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { approvePayout } from '../../db/queries/payouts/approve-payout.ts'
import { loadPayout } from '../../db/queries/payouts/load-payouts.ts'
import { removePayoutMethod } from '../../db/queries/payouts/methods.ts'
import { banUser } from '../../db/queries/staff/ban-user.ts'
import { followPayouts } from '../../workers/events/follow-payouts.ts'
import { sendPayouts } from '../../workers/events/send-payouts.ts'
import { newPerson, openWorld } from './open-world.ts'
import { FEE, openPayoutGateway, payoutRunners } from './payouts-gateway.ts'
import {
  balanceOf,
  expectBalanced,
  findingsOf,
  newEarner,
  newMethod,
  postedFor,
  sumOf,
  withdraw,
  withdrawn,
} from './payouts-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const HOUR_MS = 3600_000
const AMOUNT = 2_000_00
const later = (ms: number) => new Date(start.getTime() + ms)

const db = await openWorld()
const opened = openPayoutGateway()
const { gateway, asked, payments, booked } = opened
const { around, send, follow } = payoutRunners(db, opened)

/** A payout of which a bank has said nothing yet stays so until somebody says it. */
const undecided = () => gateway.newPayouts.add({ state: 'processing' })

async function sentPayout() {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  undecided()
  await send(start)
  const [theirs] = booked(payout.id)
  if (!theirs) throw new Error('not sent')
  return { ...earner, id: payout.id, gatewayId: theirs.id }
}

test('a payout is sent, followed and paid; its destination is made known once', async () => {
  const earner = await newEarner(db, 2 * AMOUNT, start)
  const costs = await sumOf(db, 'costs')
  const first = await withdrawn(db, earner, AMOUNT, start)
  expect(first).toMatchObject({ state: 'approved', approvalsNeeded: 0 })
  expect(await send(start)).toBe(1)
  expect(await loadPayout(db, first.id)).toMatchObject({
    state: 'sent',
    gatewayPayoutId: booked(first.id)[0]?.id,
  })
  expect(await follow(later(30_000))).toBe(0)
  expect(await follow(later(90_000))).toBe(1)
  expect(await loadPayout(db, first.id)).toMatchObject({
    ...{ state: 'paid', fee: FEE, bankReference: booked(first.id)[0]?.utr },
  })
  expect(await postedFor(db, first.id)).toEqual(['payout', 'payout_paid'])
  expect((await sumOf(db, 'costs')) - costs).toBe(-FEE)
  await withdrawn(db, earner, AMOUNT, later(120_000))
  await send(later(120_000))
  expect(asked.filter((each) => each.endsWith('s') && each.startsWith('POST'))).toEqual([
    ...['POST contacts', 'POST fund_accounts', 'POST payouts', 'POST payouts'],
  ])
  await expectBalanced(db)
})

test('nobody is paid before everybody has approved', async () => {
  const earner = await newEarner(db, 30_000_00, start)
  const payout = await withdrawn(db, earner, 30_000_00, start)
  const approve = async () =>
    approvePayout(db, { payoutId: payout.id, approverId: await newPerson(db, start) }, start)
  await approve()
  expect(await send(start)).toBe(0)
  await approve()
  expect(await send(start)).toBe(1)
})

test('by hand is by hand: the gateway does not hear of it', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start, { rail: 'manual' })
  expect(payout).toMatchObject({ state: 'approved', rail: 'manual' })
  expect(await send(later(HOUR_MS))).toBe(0)
  expect(asked).toEqual([])
})

test('without a gateway nothing is lost and nothing done', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  for (const none of [null, { ...payments, payouts: null }]) {
    expect(await sendPayouts({ ...around, payments: none }, start)).toBe(0)
    expect(await followPayouts({ ...around, payments: none }, start)).toBe(0)
  }
  expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'approved' })
})

test('what the gateway refuses goes back to the wallet', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const upi = { kind: 'upi', address: 'asha@kotak811', name: 'Asha Rao' } as const
  const methodId = await newMethod(db, earner.driverId, start, upi)
  const payout = await withdrawn(db, { ...earner, methodId }, AMOUNT, start)
  expect(await send(start)).toBe(0)
  expect(await loadPayout(db, payout.id)).toMatchObject({
    ...{ state: 'failed', failure: expect.stringContaining('Invalid VPA') },
  })
  expect(await balanceOf(db, earner.driverId)).toBe(AMOUNT)
  expect(await postedFor(db, payout.id)).toEqual(['payout', 'payout_returned'])
})

test('what the bank does not take goes back to the wallet, and can be withdrawn again', async () => {
  const { driverId, methodId, id, gatewayId } = await sentPayout()
  await gateway.failPayout(gatewayId)
  expect(await follow(later(HOUR_MS))).toBe(1)
  expect(await loadPayout(db, id)).toMatchObject({ state: 'failed', failure: expect.stringContaining('bank') })
  expect(await withdraw(db, { driverId, methodId }, AMOUNT, later(HOUR_MS))).toBeDefined()
  await expectBalanced(db)
})

test('what comes back after it was paid is found out days later, and nothing of it stays with anybody', async () => {
  const before = [await sumOf(db, 'gateway'), await sumOf(db, 'costs')]
  const { driverId, id, gatewayId } = await sentPayout()
  await gateway.processPayout(gatewayId)
  await follow(later(HOUR_MS))
  expect(await loadPayout(db, id)).toMatchObject({ state: 'paid' })
  expect(await balanceOf(db, driverId)).toBe(0)
  await gateway.reversePayout(gatewayId)
  expect(await follow(later(20 * HOUR_MS))).toBe(0)
  expect(await follow(later(30 * HOUR_MS))).toBe(1)
  expect(await loadPayout(db, id)).toMatchObject({ state: 'reversed' })
  expect(await balanceOf(db, driverId)).toBe(AMOUNT)
  expect(await postedFor(db, id)).toEqual(['payout', 'payout_paid', 'payout_reversed'])
  // The wallet was filled from the platform's costs.
  expect([await sumOf(db, 'gateway'), (await sumOf(db, 'costs')) + AMOUNT]).toEqual(before)
})

test('a paid payout is asked after three times, and then never again', async () => {
  const { id, gatewayId } = await sentPayout()
  await gateway.processPayout(gatewayId)
  await follow(later(HOUR_MS))
  asked.length = 0
  for (let day = 1; day < 30; day++) await follow(later((day * 24 + 2) * HOUR_MS))
  expect(asked).toEqual([1, 2, 3].map(() => `GET payouts/${gatewayId}`))
  expect(await loadPayout(db, id)).toMatchObject({ state: 'paid' })
})

test('one of which nobody knows anything for long is somebody’s to look at, until it moves', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  gateway.faults.add({ call: 'create_contact', mode: 'busy', times: 2 })
  await send(later(HOUR_MS))
  expect(await findingsOf(db, payout.id)).toEqual([])
  await send(later(7 * HOUR_MS))
  expect(await findingsOf(db, payout.id)).toEqual(['payout_overdue'])
  undecided()
  expect(await send(later(9 * HOUR_MS))).toBe(1)
  expect(await findingsOf(db, payout.id)).toEqual([])
  await follow(later(20 * HOUR_MS))
  expect(await findingsOf(db, payout.id)).toEqual([])
  for (const hours of [34, 36]) await follow(later(hours * HOUR_MS))
  expect(await findingsOf(db, payout.id)).toEqual(['payout_overdue'])
  await gateway.processPayout(booked(payout.id)[0]?.id ?? '')
  await follow(later(40 * HOUR_MS))
  expect(await findingsOf(db, payout.id)).toEqual([])
})

test('who was banned since nobody had to approve it waits for somebody', async () => {
  const earner = await newEarner(db, 2 * AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  const actorId = await newPerson(db, start)
  await banUser(db, { userId: earner.driverId, actorId, reason: 'Fraud', now: start })
  expect(await send(start)).toBe(0)
  expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'waiting', approvalsNeeded: 1 })
  // And so does what is asked for at that moment.
  expect(await withdraw(db, earner, AMOUNT, start)).toMatchObject({ state: 'waiting', approvalsNeeded: 1 })
  await approvePayout(db, { payoutId: payout.id, approverId: actorId }, start)
  expect(await send(start)).toBe(1)
})

test('a removed method is paid to for the last time, and then nobody knows it', async () => {
  const earner = await newEarner(db, AMOUNT, start)
  const payout = await withdrawn(db, earner, AMOUNT, start)
  await removePayoutMethod(db, { id: earner.methodId, driverId: earner.driverId }, start)
  await send(start)
  await follow(later(HOUR_MS))
  expect(await loadPayout(db, payout.id)).toMatchObject({ state: 'paid' })
  const { rows } = await db.execute(sql`select details_sealed, details_hash, gateway_fund_account_id
    from payout_methods where id = ${earner.methodId}`)
  expect(rows).toEqual([{ details_sealed: null, details_hash: null, gateway_fund_account_id: null }])
})

test('money that comes back to somebody who has left is somebody’s to look at', async () => {
  const { driverId, id, gatewayId } = await sentPayout()
  expect(await deleteAccount(db, driverId, start)).toMatchObject({ isOwed: true })
  await gateway.processPayout(gatewayId)
  await follow(later(HOUR_MS))
  expect(await deleteAccount(db, driverId, start)).toMatchObject({ isOwed: false })
  await gateway.reversePayout(gatewayId)
  await follow(later(30 * HOUR_MS))
  expect(await findingsOf(db, id)).toEqual(['payout_ownerless'])
  await expectBalanced(db)
})
