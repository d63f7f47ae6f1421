import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readRow, readRows } from '../../db/client.ts'
import { confirmDelivery, parkEvents } from '../../db/queries/outbox/deliver.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { openApp } from './open-app.ts'
import { newPerson } from './open-world.ts'

const { db, ask } = await openApp()
const now = new Date()
const Row = z.object({ id: z.string() })

async function newOperator(): Promise<string> {
  const userId = await newPerson(db, now)
  await db.execute(sql`insert into staff_roles (user_id, role, granted_by, granted_at)
    values (${userId}, 'operator', ${userId}, ${now})`)
  return userId
}

/** An event of something that concerns nobody any more: it is delivered at the first try. */
async function writeEvent(): Promise<string> {
  const row = await readRow(
    db,
    sql`insert into outbox (topic, subject, payload, created_at, available_at)
      values ('ride.updated', ${uuidv7()}, '{"status":"started"}'::jsonb, ${now}, ${now}) returning id`,
    Row,
  )
  return row?.id ?? ''
}

const isDelivered = async (id: string) =>
  (await readRows(db, sql`select id from outbox where id = ${id} and delivered_at is not null`, Row)).length > 0

test('a parked event is listed without what it holds, and delivered when an operator sends it again, on record', async () => {
  const operator = await newOperator()
  const [first, second] = [await writeEvent(), await writeEvent()]
  await parkEvents(db, [first, second], 'given up', now)
  const listed = {
    ...{ id: first, topic: 'ride.updated', subject: expect.any(String), attempts: 0, lastError: 'given up' },
    ...{ createdAt: now.toISOString(), parkedAt: now.toISOString() },
  }
  expect(await ask(operator, 'GET', '/admin/events/parked')).toMatchObject({
    body: { items: [{ id: second }, { id: first }] },
  })
  const { body } = await ask(operator, 'GET', '/admin/events/parked?limit=1')
  const { nextCursor } = z.object({ nextCursor: z.string() }).parse(body)
  expect((await ask(operator, 'GET', `/admin/events/parked?cursor=${nextCursor}`)).body).toEqual({
    items: [listed],
    nextCursor: null,
  })

  expect((await ask(operator, 'POST', `/admin/events/${first}/retry`)).reply.status).toBe(204)
  expect([await isDelivered(first), await isDelivered(second)]).toEqual([true, false])
  const trail = z.object({ actorId: z.string(), action: z.string() })
  expect(
    await readRows(
      db,
      sql`select actor_id as "actorId", action from audit_events where subject = ${first}`,
      trail,
    ),
  ).toEqual([{ actorId: operator, action: 'event.retry' }])
})

test('what is not parked, or arrived after all, is not sent again, nor by anybody but an operator', async () => {
  const [operator, person] = [await newOperator(), await newPerson(db, now)]
  const [waiting, late, parked] = [await writeEvent(), await writeEvent(), await writeEvent()]
  await parkEvents(db, [late, parked], 'given up', now)
  await confirmDelivery(db, [late], now)
  for (const id of [waiting, late, uuidv7()])
    expect((await ask(operator, 'POST', `/admin/events/${id}/retry`)).reply.status).toBe(404)
  expect((await ask(person, 'POST', `/admin/events/${parked}/retry`)).reply.status).toBe(403)
  expect([await isDelivered(waiting), await isDelivered(parked)]).toEqual([false, false])
})
