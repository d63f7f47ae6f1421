import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { exportAccount } from '../../db/queries/auth/export-account.ts'
import { listParkedDeliveries, retryDeliveries } from '../../db/queries/notifications/parked-deliveries.ts'
import { savePreferences } from '../../db/queries/notifications/preferences.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { minutesOfTime } from '../../packages/notifications/quiet-hours.ts'
import { MAX_TRIES } from '../../packages/notifications/retry-plan.ts'
import { after, dyingAt, listOf, newPlaces, newReader, start, statesOf, tell } from './notification-world.ts'
import { openWorld } from './open-world.ts'

const HOUR = 3600
const DAY = 24 * HOUR
/** Beyond every lease. */
const RECOVERED = 2 * HOUR

const db = await openWorld()
const later = { type: 'later', afterMs: null, reason: 'down' } as const

test('whenever the process dies, everybody is told at the next drain, and what is shown is shown once', async () => {
  let deaths = 0
  for (const when of ['before', 'after'] as const)
    for (let n = 1; ; n++) {
      const { userId, token } = await newReader(db)
      const title = await tell(db, [userId])
      const places = newPlaces()
      const { db: dying, died } = dyingAt(db, n, when)
      await places.drain(dying, start).catch(() => undefined)
      await places.drain(db, after(RECOVERED))
      await places.drain(db, after(2 * RECOVERED))
      const heard = places.told.filter((each) => each.userId === userId)
      const rung = places.pushed.filter((each) => each.token === token)
      expect(await listOf(db, userId)).toEqual([title])
      expect(await statesOf(db, userId)).toEqual(['hub sent', 'push sent'])
      // The same id each time: the hub and the device know it.
      expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
      expect(new Set(rung.map(({ data }) => data['notificationId'])).size).toBe(1)
      // Again only where it died between sending and writing that down.
      expect(Math.max(heard.length, rung.length)).toBeLessThanOrEqual(2)
      if (!died()) break
      deaths += 1
    }
  expect(deaths).toBeGreaterThan(8)
})

test('two drains at once send everything once', async () => {
  const readers = await Promise.all(Array.from({ length: 6 }, () => newReader(db)))
  for (let n = 0; n < 3; n++)
    await tell(
      db,
      readers.map(({ userId }) => userId),
    )
  const places = newPlaces()
  await Promise.all([places.drain(db, start), places.drain(db, start), places.drain(db, start)])
  await places.drain(db, after(1))
  expect(places.pushed).toHaveLength(18)
  expect(new Set(places.pushed.map(({ token, data }) => `${token} ${data['notificationId']}`)).size).toBe(18)
  expect(places.told).toHaveLength(18)
})

test('an hour without FCM: nothing is lost, nothing comes twice, nothing comes late, and the newest of a thread alone', async () => {
  const [one, two] = [await newReader(db), await newReader(db)]
  let down = true
  const places = newPlaces(() => (down ? later : { type: 'sent' }))
  const title = await tell(db, [one.userId])
  await places.drain(db, start)
  // Of one thread: what came first is out of date when the second is there.
  for (const [n, at] of [start, after(600)].entries()) {
    const id = uuidv7(at.getTime())
    const data = JSON.stringify({ thread: 'booking:b1', n: String(n) })
    await db.execute(sql`insert into notifications (id, user_id, event_id, kind, data, created_at)
      values (${id}, ${two.userId}, ${uuidv7()}, 'booking_confirmed', ${data}::jsonb, ${at})`)
    await db.execute(sql`insert into deliveries (notification_id, channel, target, state, next_at, late_at)
      values (${id}, 'push', ${two.deviceId}, 'due', ${at}, ${after(DAY)})`)
  }
  const short = uuidv7(after(60).getTime())
  await db.execute(sql`insert into notifications (id, user_id, event_id, kind, data, created_at)
    values (${short}, ${two.userId}, ${uuidv7()}, 'seats_offered', '{"thread":"booking:b2"}'::jsonb, ${after(60)})`)
  await db.execute(sql`insert into deliveries (notification_id, channel, target, state, next_at, late_at)
    values (${short}, 'push', ${two.deviceId}, 'due', ${after(60)}, ${after(900)})`)
  for (let minute = 1; minute < 60; minute++) await places.drain(db, after(minute * 60))
  expect(places.errors).toEqual([])
  const tries = places.pushed.length
  // Some twenty tries an hour for three pushes, not one a second.
  expect(tries).toBeLessThan(30)
  down = false
  for (let minute = 60; minute < 120; minute++) await places.drain(db, after(minute * 60))
  const arrived = places.pushed.slice(tries)
  expect(arrived.map(({ token, data }) => [token, data['n'] ?? 'told'])).toEqual(
    expect.arrayContaining([
      [one.token, 'told'],
      [two.token, '1'],
    ]),
  )
  expect(arrived).toHaveLength(2)
  expect(await listOf(db, one.userId)).toEqual([title])
  expect((await statesOf(db, two.userId)).toSorted()).toEqual(['push late', 'push late', 'push sent'])
})

test('the service is asked again when it says so, and what cannot wait for the sweep is asked for', async () => {
  const { userId, token } = await newReader(db)
  const places = newPlaces((push) =>
    push.token === token && places.pushed.length === 1 ? { ...later, afterMs: 20_000 } : { type: 'sent' },
  )
  await tell(db, [userId])
  await places.drain(db, start)
  expect(places.soon).toEqual([expect.closeTo(25, -1)])
  await places.drain(db, after(19))
  expect(places.pushed).toHaveLength(1)
  await places.drain(db, after(30))
  expect(places.pushed).toHaveLength(2)
  expect(await statesOf(db, userId)).toEqual(['hub sent', 'push sent'])
})

test('what never arrives is parked while the rest flows, is listed, and goes when an operator sends it again', async () => {
  const [poisoned, well, operator] = [await newReader(db), await newReader(db), await newReader(db)]
  let cured = false
  const places = newPlaces(({ token }) => (token === poisoned.token && !cured ? later : { type: 'sent' }))
  await tell(db, [poisoned.userId, well.userId])
  for (let n = 0; n < MAX_TRIES; n++) await places.drain(db, after(n * HOUR))
  expect(places.pushed.filter(({ token }) => token === poisoned.token)).toHaveLength(MAX_TRIES)
  expect(places.pushed.filter(({ token }) => token === well.token)).toHaveLength(1)
  expect(await statesOf(db, poisoned.userId)).toEqual(['hub sent', 'push parked'])
  expect(places.errors).toContain('delivery parked')
  await places.drain(db, after(20 * HOUR))
  expect(places.pushed).toHaveLength(MAX_TRIES + 1)
  const parked = (await listParkedDeliveries(db, { limit: 10 })).filter(
    ({ userId }) => userId === poisoned.userId,
  )
  expect(parked).toMatchObject([
    { kind: 'announcement', deliveries: [{ channel: 'push', attempts: MAX_TRIES, lastError: 'down' }] },
  ])
  const [{ id } = { id: '' }] = parked
  cured = true
  const retry = { id, actorId: operator.userId }
  expect(await retryDeliveries(db, retry, after(21 * HOUR))).toEqual({ id })
  expect(await retryDeliveries(db, retry, after(21 * HOUR))).toBeUndefined()
  await places.drain(db, after(21 * HOUR))
  expect(await statesOf(db, poisoned.userId)).toEqual(['hub sent', 'push sent'])
})

test('a token that is gone goes, unless the device has another one by then; one of another project is said loudly', async () => {
  const [gone, refreshed, foreign] = [await newReader(db), await newReader(db), await newReader(db)]
  const devices = async (deviceId: string) =>
    (await db.execute(sql`select 1 from devices where id = ${deviceId}`)).rows.length
  const places = newPlaces(({ token }) => ({ type: 'gone', ours: token !== foreign.token, reason: 'gone' }))
  await tell(db, [gone.userId, foreign.userId])
  await places.drain(db, start)
  expect([await devices(gone.deviceId), await devices(foreign.deviceId)]).toEqual([0, 0])
  expect(places.errors).toEqual(['push token of another project'])
  const slow = newPlaces(async () => {
    await db.execute(sql`update devices set push_token = 'fresh' where id = ${refreshed.deviceId}`)
    return { type: 'gone', ours: true, reason: 'gone' }
  })
  await tell(db, [refreshed.userId])
  await slow.drain(db, start)
  expect(await devices(refreshed.deviceId)).toBe(1)
  expect(await statesOf(db, refreshed.userId)).toEqual(['hub sent', 'push refused'])
})

test('no push rings in quiet hours, past midnight too; it comes after them if it still matters', async () => {
  const { userId, token, deviceId } = await newReader(db)
  const quietHours = { from: minutesOfTime('22:00'), to: minutesOfTime('07:00') }
  await savePreferences(db, userId, { quietHours, choices: [] }, start)
  // 22:30 in India.
  const night = after(11 * HOUR)
  const places = newPlaces()
  await tell(db, [userId], night)
  for (const [kind, lateAt] of [
    ['booking_made', after(14 * HOUR)],
    ['ride_cancelled', after(20 * HOUR)],
  ] as const) {
    const id = uuidv7(night.getTime())
    await db.execute(sql`insert into notifications (id, user_id, event_id, kind, data, created_at)
      values (${id}, ${userId}, ${uuidv7()}, ${kind}, ${JSON.stringify({ thread: kind })}::jsonb, ${night})`)
    await db.execute(sql`insert into deliveries (notification_id, channel, target, state, next_at, late_at)
      values (${id}, 'push', ${deviceId}, 'due', ${night}, ${lateAt})`)
  }
  await places.drain(db, night)
  expect(places.pushed.map(({ data }) => data['kind'])).toEqual(['ride_cancelled'])
  expect(places.told).toHaveLength(1)
  await places.drain(db, after(19 * HOUR))
  expect(places.pushed).toHaveLength(1)
  await places.drain(db, after(19.5 * HOUR))
  expect(places.pushed.map(({ data }) => data['kind'])).toEqual(['ride_cancelled', 'announcement'])
  expect(places.pushed.every((push) => push.token === token)).toBe(true)
  expect((await statesOf(db, userId)).toSorted()).toEqual(['hub sent', 'push late', 'push sent', 'push sent'])
})

test('what somebody does not want does not come that way, and not at all where they want none of it', async () => {
  const [noPush, noKind] = [await newReader(db), await newReader(db)]
  await db.execute(sql`update users set notification_choices = '{"push":false,"sms":true,"offers":true}'::jsonb
    where id = ${noPush.userId}`)
  const choices = [{ kind: 'announcement', channel: 'push', wanted: false }] as const
  await savePreferences(db, noKind.userId, { quietHours: undefined, choices }, start)
  await tell(db, [noPush.userId, noKind.userId])
  const places = newPlaces()
  await places.drain(db, start)
  expect(places.pushed).toEqual([])
  expect([await statesOf(db, noPush.userId), await statesOf(db, noKind.userId)]).toEqual([
    ['hub sent'],
    ['hub sent'],
  ])
})

test('an event that cannot be read holds up no other', async () => {
  const { userId } = await newReader(db)
  await db.execute(sql`insert into outbox (topic, subject, payload, created_at, available_at)
    values ('notification.requested', ${uuidv7()}, '{"kind":"fax"}'::jsonb, ${start}, ${start})`)
  const title = await tell(db, [userId])
  const places = newPlaces()
  await places.drain(db, start)
  expect(await listOf(db, userId)).toEqual([title])
  expect(places.errors).toEqual(['event not understood'])
  await db.execute(sql`delete from outbox where payload ->> 'kind' = 'fax'`)
})

test('notifications are part of an export, go with the account, and are forgotten after 90 days', async () => {
  const [stays, goes] = [await newReader(db), await newReader(db)]
  const title = await tell(db, [stays.userId, goes.userId])
  await newPlaces().drain(db, start)
  expect(await exportAccount(db, goes.userId)).toMatchObject({
    notifications: [{ kind: 'announcement', readAt: null }],
    devices: [{ platform: 'android' }],
    notificationPreferences: [],
    profile: { quietHours: null },
  })
  await deleteAccount(db, goes.userId, after(1))
  for (const table of ['notifications', 'devices'])
    expect(
      (await db.execute(sql`select 1 from ${sql.identifier(table)} where user_id = ${goes.userId}`)).rows,
    ).toEqual([])
  await tell(db, [goes.userId])
  const places = newPlaces()
  await places.drain(db, after(2))
  expect([places.told, places.pushed]).toEqual([[], []])
  await forgetOldRows(db, after(89 * DAY))
  expect(await listOf(db, stays.userId)).toEqual([title])
  await forgetOldRows(db, after(90 * DAY + 1))
  expect(await listOf(db, stays.userId)).toEqual([])
})
