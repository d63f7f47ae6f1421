import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { post } from '../../db/queries/ledger/post.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { type Posting, postCapture, postSettlement } from '../../packages/ledger/postings.ts'
import { openApp } from './open-app.ts'
import { newPerson } from './open-world.ts'
import { newStaff } from './paid-booking.ts'

const { db, ask } = await openApp()
const now = new Date()
const later = (ms: number) => new Date(now.getTime() + ms)
const auditor = await newStaff(db, 'finance', now)
const notThere = { status: 404, code: 'not_found' }

const Listed = z.looseObject({ id: z.string() })
const Page = z.object({ items: z.array(Listed), nextCursor: z.string().nullable() })

/** Every item of a list, by pages of two. */
async function all(path: string): Promise<z.infer<typeof Listed>[]> {
  const items: z.infer<typeof Listed>[] = []
  let cursor: string | null = null
  do {
    const more = new URLSearchParams({ limit: '2', ...(cursor !== null && { cursor }) })
    const { body } = await ask(auditor, 'GET', `${path}${path.includes('?') ? '&' : '?'}${more.toString()}`)
    const page: z.infer<typeof Page> = Page.parse(body)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

async function find(reference: string, at = now): Promise<string> {
  const id = crypto.randomUUID()
  await db.execute(sql`insert into money_findings (id, kind, reference, detail, found_at)
    values (${id}, 'payment_mismatch', ${reference}, '100 INR instead of 200 INR', ${at})`)
  return id
}
const resolve = (id: string, content: object, person = auditor) =>
  ask(person, 'POST', `/admin/finance/findings/${id}/resolve`, content)
const eventsOf = async (action: string, subject: string) => {
  const { rows } = await db.execute(
    sql`select actor_id as "actorId", details from audit_events where action = ${action} and subject = ${subject}`,
  )
  return rows
}

test('findings come oldest first, are resolved once and on record, and may be found again', async () => {
  const ids = []
  // Their ids are in no order.
  for (let n = 0; n < 5; n++) ids.push(await find(`pay_${n}`, later(n)))
  expect((await all('/admin/finance/findings')).map(({ id }) => id)).toEqual(ids)
  const [first = '', ...others] = ids
  const tries = await Promise.all(['It was paid', 'Twice'].map((note) => resolve(first, { note })))
  expect(tries.map(({ reply }) => reply.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  expect(tries.find(({ reply }) => reply.status === 200)?.body).toMatchObject({
    ...{ id: first, resolvedBy: auditor, resolvedAt: expect.any(String), note: expect.any(String) },
  })
  expect(tries.find(({ reply }) => reply.status === 409)?.body).toMatchObject({ code: 'finding_resolved' })
  expect(await eventsOf('finding.resolve', first)).toEqual([
    { actorId: auditor, details: { kind: 'payment_mismatch', reference: 'pay_0' } },
  ])
  expect((await all('/admin/finance/findings')).map(({ id }) => id)).toEqual(others)
  expect((await all('/admin/finance/findings?state=resolved')).map(({ id }) => id)).toEqual([first])
  const again = await find('pay_0', later(9))
  expect((await all('/admin/finance/findings')).map(({ id }) => id)).toEqual([...others, again])
})

test('a finding is not resolved without a note, and one that is not there not at all', async () => {
  const id = await find('pay_x')
  for (const content of [{}, { note: ' ' }, { note: 'x'.repeat(301) }, { note: 'ok', state: 'open' }])
    expect((await resolve(id, content)).body).toMatchObject({ status: 422, code: 'invalid_fields' })
  expect((await resolve(crypto.randomUUID(), { note: 'ok' })).body).toMatchObject(notThere)
})

const write = (posting: Posting, bookingId: string | null, at: Date) => {
  const of = { id: crypto.randomUUID(), reference: uuidv7(), bookingId }
  return db.execute(sql`with source as (select 1), ${post('source', posting, of, at)} select 1`)
}

test('accounts add up to nothing, and transactions can be looked through by booking and by person', async () => {
  const [passengerId, driverId, bookingId] = [await newPerson(db, now), await newPerson(db, now), uuidv7()]
  const people = { passengerId, driverId }
  await write(postCapture({ ...people, amount: 25_900, gatewayFee: 611 }), bookingId, now)
  await write(postCapture({ ...people, amount: 10_000, gatewayFee: 0 }), null, later(1))
  const kept = { fareKept: 25_000, feeKept: 900, tax: 137, at: now.getTime() }
  await write(postSettlement({ ...people, ...kept }), bookingId, later(2))
  const { body } = await ask(auditor, 'GET', '/admin/finance/accounts')
  const account = (kind: string, balance: number, owners: number | null = null) => ({ kind, balance, owners })
  expect(body).toEqual({
    currency: 'INR',
    accounts: [
      ...[
        account('passenger', 10_000, 1),
        account('driver', 25_000, 1),
        account('fee', 763),
        account('tax', 137),
      ],
      ...[account('gateway', -35_289), account('bank', 0), account('refunds', 0), account('payouts', 0)],
      account('costs', -611),
    ],
    sum: 0,
  })
  const kinds = async (query: string) =>
    (await all(`/admin/finance/transactions${query}`)).map(({ kind }) => kind)
  expect(await kinds('')).toEqual(['settlement', 'capture', 'capture'])
  expect(await kinds(`?bookingId=${bookingId}`)).toEqual(['settlement', 'capture'])
  expect(await kinds(`?personId=${driverId}`)).toEqual(['settlement'])
  expect(await kinds(`?personId=${await newPerson(db, now)}`)).toEqual([])
  const [settlement] = await all(`/admin/finance/transactions?personId=${driverId}`)
  expect(settlement).toMatchObject({
    bookingId,
    lines: [
      { account: 'passenger', ownerId: passengerId, amount: -25_900, availableAt: null },
      { account: 'driver', ownerId: driverId, amount: 25_000, availableAt: expect.any(String) },
      { account: 'fee', ownerId: null, amount: 763 },
      { account: 'tax', ownerId: null, amount: 137 },
    ],
  })
})

test('what the gateway told and could not be taken in is listed without its words, and tried again', async () => {
  const body = JSON.stringify({
    entity: 'event',
    event: 'invoice.paid',
    payload: {},
    email: 'meera@example.in',
  })
  const tell = (id: string, tryAt: Date | null, outcome: string | null, at: number) =>
    db.execute(sql`insert into webhook_events (id, event, body, received_at, try_at, attempts, outcome)
      values (${id}, 'invoice.paid', ${body}, ${later(at)}, ${tryAt}, 10, ${outcome})`)
  await tell('evt_waiting', later(60_000), null, 3)
  await tell('evt_unknown', null, 'unknown', 2)
  await tell('evt_unreadable', null, 'unreadable', 1)
  await tell('evt_taken', null, 'taken', 0)
  const ids = async (state: string) => (await all(`/admin/finance/webhooks?state=${state}`)).map(({ id }) => id)
  expect([await ids('waiting'), await ids('failed')]).toEqual([
    ['evt_waiting'],
    ['evt_unreadable', 'evt_unknown'],
  ])
  expect(JSON.stringify(await all('/admin/finance/webhooks?state=failed'))).not.toContain('meera')
  const retry = (id: string) => ask(auditor, 'POST', `/admin/finance/webhooks/${id}/retry`)
  expect((await retry('evt_unknown')).reply.status).toBe(204)
  expect((await retry('evt_waiting')).reply.status).toBe(204)
  expect([await ids('waiting'), await ids('failed')]).toEqual([[], ['evt_unreadable']])
  const { rows } = await db.execute(sql`select attempts, outcome, try_at from webhook_events
    where id in ('evt_unknown', 'evt_waiting')`)
  expect(rows).toEqual([1, 2].map(() => ({ attempts: 1, outcome: 'ignored', try_at: null })))
  for (const id of ['evt_taken', 'evt_none', 'x%20y']) expect((await retry(id)).body).toMatchObject(notThere)
  const events = await eventsOf('webhook.retry', '00000000-0000-0000-0000-000000000000')
  expect(events.map(({ details }) => details)).toEqual([
    { eventId: 'evt_unknown', event: 'invoice.paid' },
    { eventId: 'evt_waiting', event: 'invoice.paid' },
  ])
})

test('nobody else gets at any of it, and a cursor that is none is refused', async () => {
  const id = await find('pay_y')
  const lists = ['findings', 'transactions', 'webhooks']
  for (const person of [await newPerson(db, now), await newStaff(db, 'operator', now)]) {
    for (const name of [...lists, 'accounts'])
      expect((await ask(person, 'GET', `/admin/finance/${name}`)).body).toMatchObject({ code: 'forbidden' })
    expect((await resolve(id, { note: 'ok' }, person)).body).toMatchObject({ code: 'forbidden' })
    const retried = await ask(person, 'POST', '/admin/finance/webhooks/evt_waiting/retry')
    expect(retried.body).toMatchObject({ code: 'forbidden' })
  }
  for (const name of lists)
    expect((await ask(auditor, 'GET', `/admin/finance/${name}?cursor=%25`)).body).toMatchObject({
      code: 'invalid_cursor',
    })
})
