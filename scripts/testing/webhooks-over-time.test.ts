import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()
const DAY_MS = 24 * 3600_000

test('what the gateway told is kept for thirty days, and longer as long as it waits to be taken in', async () => {
  const now = new Date('2026-11-23T06:00:00Z')
  const at = (daysAgo: number) => new Date(now.getTime() - daysAgo * DAY_MS)
  await db.execute(sql`insert into webhook_events (id, event, body, received_at, try_at) values
    ('old', 'e', '{}', ${at(31)}, null), ('waits', 'e', '{}', ${at(31)}, ${now}), ('new', 'e', '{}', ${at(29)}, null)`)
  await forgetOldRows(db, now)
  const { rows } = await db.execute(sql`select id from webhook_events order by id`)
  expect(rows.map(({ id }) => id)).toEqual(['new', 'waits'])
})
