import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRows } from '../../db/client.ts'
import type { StaffRole } from '../../db/schema/index.ts'
import { openApp } from './open-app.ts'
import { newPerson } from './open-world.ts'
import { ACCOUNT_VARIABLES, openPayoutGateway } from './payouts-gateway.ts'
import { balanceOf, type Earner, expectBalanced, newEarner, postedFor, withdrawn } from './payouts-world.ts'

const { db, ask } = await openApp(ACCOUNT_VARIABLES)
const { booked } = openPayoutGateway()
const SMALL = 1_000_00
const MEDIUM = 10_000_00
const LARGE = 30_000_00

async function grant(userId: string, role: StaffRole): Promise<string> {
  await db.execute(sql`insert into staff_roles values (${userId}, ${role}, ${userId}, ${new Date()})`)
  return userId
}
const newStaff = async (role: StaffRole = 'finance') => grant(await newPerson(db, new Date()), role)

async function payoutOf(amount: number, rail: 'gateway' | 'manual'): Promise<Earner & { id: string }> {
  const earner = await newEarner(db, amount, new Date())
  return { ...earner, id: (await withdrawn(db, earner, amount, new Date(), { rail })).id }
}

const act = (actorId: string, id: string, action: string, body?: object) =>
  ask(actorId, 'POST', `/admin/payouts/${id}/${action}`, body)
const refusal = (status: number, code: string) => ({ reply: { status }, body: { code } })
const state = (of: string) => ({ reply: { status: 200 }, body: { state: of } })

async function auditOf(id: string) {
  const row = z.object({ action: z.string(), actor: z.string(), details: z.record(z.string(), z.unknown()) })
  return readRows(
    db,
    sql`select action, actor_id as actor, details from audit_events where subject = ${id} order by at, action`,
    row,
  )
}

const REFERENCE = { bankReference: 'hdfc0001234567' }
const REASON = { reason: 'The name does not match' }

test('a large payout needs two different people, is then sent at once, and all of it is on record', async () => {
  const [first, second] = [await newStaff(), await newStaff()]
  const { id, driverId } = await payoutOf(LARGE, 'gateway')
  expect(await act(first, id, 'approve')).toMatchObject({
    body: { state: 'waiting', approvalsNeeded: 2, approvals: [{ approverId: first }] },
  })
  expect(await act(first, id, 'approve')).toMatchObject(refusal(409, 'payout_approved_before'))
  expect(booked(id)).toEqual([])
  expect(await act(second, id, 'approve')).toMatchObject(state('approved'))
  expect(booked(id)).toHaveLength(1)
  expect(await act(await newStaff(), id, 'approve')).toMatchObject(refusal(409, 'payout_not_waiting'))
  const details = { driverId, amount: LARGE }
  expect(await auditOf(id)).toEqual([
    { action: 'payout.approve', actor: first, details },
    { action: 'payout.approve', actor: second, details },
  ])
  await expectBalanced(db)
})

test('a driver who works here decides nothing about their own payouts', async () => {
  const { id, driverId } = await payoutOf(MEDIUM, 'gateway')
  await grant(driverId, 'finance')
  const own = refusal(409, 'own_account')
  expect(await act(driverId, id, 'approve')).toMatchObject(own)
  expect(await act(driverId, id, 'reject', REASON)).toMatchObject(own)
  const { id: manual, driverId: other } = await payoutOf(SMALL, 'manual')
  await grant(other, 'finance')
  expect(await act(other, manual, 'paid', REFERENCE)).toMatchObject(own)
  expect(await act(other, manual, 'failed', REASON)).toMatchObject(own)
  expect(await auditOf(id)).toEqual([])
})

test('a refused payout is in the wallet again, and says why', async () => {
  const staff = await newStaff()
  const { id, driverId } = await payoutOf(MEDIUM, 'gateway')
  expect(await act(staff, id, 'reject', REASON)).toMatchObject({
    body: { state: 'rejected', failure: REASON.reason },
  })
  expect(await balanceOf(db, driverId)).toBe(MEDIUM)
  expect((await ask(driverId, 'GET', `/earnings/withdrawals/${id}`)).body).toMatchObject({
    ...{ state: 'rejected', failure: REASON.reason },
  })
  expect(await auditOf(id)).toMatchObject([
    { action: 'payout.reject', actor: staff, details: { failure: REASON.reason } },
  ])
  expect(await act(staff, id, 'reject', REASON)).toMatchObject(refusal(409, 'payout_over'))
  expect(await act(staff, id, 'approve')).toMatchObject(refusal(409, 'payout_over'))
})

test('by hand: the destination is read in full, on record, and then the payout is paid', async () => {
  const staff = await newStaff()
  const { id, driverId } = await payoutOf(SMALL, 'manual')
  expect(await ask(staff, 'GET', `/admin/payouts/${id}`)).toMatchObject({
    body: {
      driver: { name: 'Asha', isBanned: false },
      destination: { kind: 'bank', accountNumber: expect.stringMatching(/^\d{12}$/), name: 'Asha Rao' },
    },
  })
  expect(await act(staff, id, 'paid', REFERENCE)).toMatchObject({
    body: { state: 'paid', bankReference: 'HDFC0001234567' },
  })
  expect(await postedFor(db, id)).toEqual(['payout', 'payout_paid'])
  expect(await act(staff, id, 'paid', REFERENCE)).toMatchObject(refusal(409, 'payout_over'))
  expect((await auditOf(id)).map(({ action }) => action)).toEqual([...['payout.view', 'payout.mark_paid']])
  expect(JSON.stringify(await auditOf(id))).not.toMatch(/Asha|HDFC0001234\b/)
  // A bank may send it back later.
  expect(await act(staff, id, 'failed', REASON)).toMatchObject({
    body: { state: 'reversed', failure: REASON.reason },
  })
  expect(await balanceOf(db, driverId)).toBe(SMALL)
  await expectBalanced(db)
})

test('what cannot be paid by hand goes back to the wallet', async () => {
  const staff = await newStaff()
  const { id, driverId } = await payoutOf(SMALL, 'manual')
  expect(await act(staff, id, 'failed', REASON)).toMatchObject(state('failed'))
  expect(await balanceOf(db, driverId)).toBe(SMALL)
  expect(await auditOf(id)).toMatchObject([
    { action: 'payout.mark_failed', details: { failure: REASON.reason } },
  ])
})

test('what waits is not paid, and what the gateway pays nobody pays by hand', async () => {
  const staff = await newStaff()
  const waiting = await payoutOf(MEDIUM, 'manual')
  for (const [action, body] of [
    ['paid', REFERENCE],
    ['failed', REASON],
  ] as const)
    expect(await act(staff, waiting.id, action, body)).toMatchObject(refusal(409, 'payout_not_approved'))
  const approved = await payoutOf(SMALL, 'gateway')
  expect(await act(staff, approved.id, 'paid', REFERENCE)).toMatchObject(refusal(409, 'payout_not_manual'))
  expect(await act(staff, approved.id, 'failed', REASON)).toMatchObject(refusal(409, 'payout_not_manual'))
})

test.each<[string, object, string]>([
  ['paid', { bankReference: 'no' }, 'bankReference'],
  ['paid', { ...REFERENCE, note: 'x' }, 'note'],
  ['failed', { reason: ' ' }, 'reason'],
  ['reject', { reason: 'x'.repeat(301) }, 'reason'],
])('%s with %j is refused', async (action, body, path) => {
  const { id } = await payoutOf(SMALL, 'manual')
  expect(await act(await newStaff(), id, action, body)).toMatchObject({
    body: { code: 'invalid_fields', errors: [{ path }] },
  })
})

test('the queue: what is not over, the oldest first, in pages, without names and destinations', async () => {
  const staff = await newStaff()
  const made = [
    await payoutOf(MEDIUM, 'gateway'),
    await payoutOf(SMALL, 'manual'),
    await payoutOf(LARGE, 'gateway'),
  ]
  const List = z.object({
    items: z.array(z.looseObject({ id: z.string(), state: z.string() })),
    nextCursor: z.string().nullable(),
  })
  const ids: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await ask(staff, 'GET', `/admin/payouts?limit=2${cursor && `&cursor=${cursor}`}`)
    expect(JSON.stringify(body)).not.toMatch(/Asha|HDFC/)
    const page = List.parse(body)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.nextCursor
  }
  expect(ids).toEqual(ids.toSorted())
  expect(ids.filter((id) => made.some((each) => each.id === id))).toEqual(made.map(({ id }) => id))
  const { body } = await ask(staff, 'GET', '/admin/payouts?state=rejected&limit=100')
  for (const each of List.parse(body).items) expect(each.state).toBe('rejected')
})

test('only the finance staff and administrators', async () => {
  const { id, driverId } = await payoutOf(MEDIUM, 'manual')
  const forbidden = refusal(403, 'forbidden')
  for (const person of [driverId, await newStaff('operator'), await newStaff('reviewer')]) {
    expect(await ask(person, 'GET', '/admin/payouts')).toMatchObject(forbidden)
    expect(await ask(person, 'GET', `/admin/payouts/${id}`)).toMatchObject(forbidden)
    expect(await act(person, id, 'approve')).toMatchObject(forbidden)
    expect(await act(person, id, 'reject', REASON)).toMatchObject(forbidden)
    expect(await act(person, id, 'paid', REFERENCE)).toMatchObject(forbidden)
    expect(await act(person, id, 'failed', REASON)).toMatchObject(forbidden)
  }
  expect(await act(await newStaff('administrator'), id, 'approve')).toMatchObject(state('approved'))
  const nowhere = crypto.randomUUID()
  const staff = await newStaff()
  for (const [action, body] of [
    ['approve', undefined],
    ['reject', REASON],
    ['paid', REFERENCE],
    ['failed', REASON],
  ] as const)
    expect(await act(staff, nowhere, action, body)).toMatchObject(refusal(404, 'not_found'))
  expect(await ask(staff, 'GET', `/admin/payouts/${nowhere}`)).toMatchObject(refusal(404, 'not_found'))
})
