import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Db } from '../../db/client.ts'
import { indianDay } from '../../packages/calendar/indian-time.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { openEarningsWorld } from './earnings-world.ts'
import { openApp } from './open-app.ts'

const DAY_MS = 24 * 3600_000
const Page = z.object({
  items: z.array(z.looseObject({ period: z.string(), rideCount: z.number() })),
  nextCursor: z.string().nullable(),
})

const { db, ask } = await openApp()

async function signIn(on: Db, userId: string): Promise<void> {
  const [now, later] = [new Date(), new Date(Date.now() + DAY_MS)]
  await on.execute(sql`insert into sessions (id, user_id, created_at, last_used_at, expires_at)
    values (${uuidv7()}, ${userId}, ${now}, ${now}, ${later})`)
}

test('the whole history is read page by page, each period once, newest first', async () => {
  const world = await openEarningsWorld(db)
  await signIn(db, world.driverId)
  const start = Date.parse('2026-10-20T06:00:00Z')
  const days: string[] = []
  // Every sixth day for three months, two rides on each.
  for (let n = 0; n < 15; n++) {
    const at = new Date(start + 6 * n * DAY_MS)
    days.unshift(indianDay(at.getTime()))
    for (const rideId of [await world.drive(at), await world.drive(new Date(at.getTime() + 3600_000))])
      await world.book(rideId, { state: 'completed', payWith: 'cash', fare: 100 })
  }
  const readAll = async (by: string, limit: number, more = '') => {
    const read: z.infer<typeof Page>['items'] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages++) {
      if (pages > 30) throw new Error('the pages do not end')
      const path = `/earnings/driver/${world.driverId}?by=${by}&limit=${limit}${more}`
      const { body } = await ask(world.driverId, 'GET', `${path}${cursor && `&cursor=${cursor}`}`)
      const page: z.infer<typeof Page> = Page.parse(body)
      expect(page.items.length).toBeLessThanOrEqual(limit)
      read.push(...page.items)
      cursor = page.nextCursor
    }
    return read
  }
  for (const limit of [1, 7, 15])
    expect((await readAll('day', limit)).map(({ period }) => period)).toEqual(days)
  for (const [by, count] of [
    ['week', 13],
    ['month', 4],
  ] as const) {
    const [inOne, inMany] = [await readAll(by, 100), await readAll(by, 1)]
    expect(inMany).toEqual(inOne)
    expect(inOne).toHaveLength(count)
    expect(inOne.reduce((sum, { rideCount }) => sum + rideCount, 0)).toBe(30)
  }
  const november = await readAll('week', 2, '&from=2026-11-01&to=2026-11-30')
  const inNovember = days.filter((day) => day.startsWith('2026-11')).length
  expect(november.reduce((sum, { rideCount }) => sum + rideCount, 0)).toBe(2 * inNovember)
})

test('the wallet and its statement say the same', async () => {
  const world = await openEarningsWorld(db)
  const { driverId } = world
  await signIn(db, driverId)
  const now = new Date()
  const booking = await world.book(await world.drive(now), {
    state: 'completed',
    payWith: 'online',
    fare: 800,
    fee: 590,
  })
  await world.settle(booking, 800, 590, now)
  await world.takeBack(booking.bookingId, 300, new Date(now.getTime() + 1))
  const month = indianDay(now.getTime()).slice(0, 7)
  const { body } = await ask(driverId, 'GET', '/earnings/balance')
  const rupees = (amount: number) => ({ amount, currency: 'INR' })
  expect(body).toMatchObject({
    ...{ balance: rupees(500), held: rupees(500), withdrawable: rupees(0) },
    nextRelease: { at: new Date(now.getTime() + DAY_MS).toISOString(), amount: rupees(500) },
  })
  expect((await ask(driverId, 'GET', `/earnings/driver/${driverId}/statements/${month}`)).body).toMatchObject({
    opening: rupees(0),
    lines: [
      { kind: 'settlement', amount: rupees(800), balance: rupees(800), booking: { id: booking.bookingId } },
      { kind: 'refund', amount: rupees(-300), balance: rupees(500), availableAt: null },
    ],
    closing: rupees(500),
  })
  expect((await ask(driverId, 'GET', `/earnings/driver/${driverId}`)).body).toMatchObject({
    items: [{ online: rupees(800), refunds: rupees(-300), total: rupees(500) }],
  })
})
