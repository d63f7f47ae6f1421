import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { saveProfile } from '../../db/queries/auth/profile.ts'
import { loadShared, loadSharedAlert } from '../../db/queries/share-links/load-shared.ts'
import { createShareLink, listShareLinks, revokeShareLink } from '../../db/queries/share-links/own-links.ts'
import { acknowledgeSos, resolveOwnSos } from '../../db/queries/sos/change-sos.ts'
import { raiseSos } from '../../db/queries/sos/raise-sos.ts'
import { forgetOldRows } from '../../db/queries/sweeps/forget-old-rows.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { ALERT_AFTER_RESOLUTION_MS, LINK_AFTER_ARRIVAL_MS } from '../../packages/share-links/limits.ts'
import { newToken } from '../../packages/share-links/token.ts'
import type { SmsText } from '../../packages/sms/sms-port.ts'
import { drainOutbox } from '../../workers/events/drain-outbox.ts'
import { newPerson, newRide, openWorld } from './open-world.ts'
import { outboxSurroundings } from './surroundings.ts'

const start = new Date('2026-12-01T06:00:00Z')
const DAY_MS = 24 * 3600_000
const after = (ms: number) => new Date(start.getTime() + ms)

const db = await openWorld()
const count = async (table: string, where: ReturnType<typeof sql>) =>
  (await db.execute(sql`select 1 from ${sql.identifier(table)} where ${where}`)).rows.length

let phones = 0
const newPhone = () => `+9197${String(++phones).padStart(8, '0')}`

/** Somebody whom so many people look after. */
async function newMeera(contactCount = 2) {
  const userId = await newPerson(db, start)
  const contacts = Array.from({ length: contactCount }, (_, n) => ({ name: `Contact ${n}`, phone: newPhone() }))
  await saveProfile(db, userId, { name: 'Meera Nair', trustedContacts: contacts }, start)
  return { userId, contacts: contacts.map(({ phone }) => phone) }
}

async function raise(userId: string, at = start) {
  const alert = await raiseSos(
    db,
    { id: uuidv7(at.getTime()), userId, rideId: null, position: null, note: null },
    at,
  )
  if (!alert) throw new Error('not raised')
  return alert.id
}

/** Drains once, while some phones get nothing; returns what the others got. */
async function drain(at: Date, unreachable: readonly string[] = []) {
  const sent: { phone: string; template: string }[] = []
  const told: string[] = []
  const surroundings = outboxSurroundings(db, {
    sendText: async (phone: string, { template }: SmsText) => {
      if (unreachable.includes(phone)) throw new Error('out of reach')
      sent.push({ phone, template })
    },
    live: {
      tellUser: async (userId: string) => {
        told.push(userId)
        return true
      },
      announce: async () => undefined,
    },
  })
  await drainOutbox(surroundings, () => at.getTime())
  return { sent, told, soon: surroundings.soon }
}

test('each contact is told once of each step, however often sending fails, and the end only where the beginning came', async () => {
  const { userId, contacts } = await newMeera()
  const [anil = '', bina = ''] = contacts
  const alertId = await raise(userId)
  const first = await drain(start, [bina])
  expect(first.sent).toEqual([{ phone: anil, template: 'sos_raised' }])
  expect(first.told).toContain(userId)
  // An SOS is tried again sooner than anything else.
  expect(first.soon).toEqual([16])
  expect((await drain(after(14_000), [bina])).sent).toEqual([])
  expect((await drain(after(16_000), [bina])).sent).toEqual([])
  await resolveOwnSos(db, { alertId, actorId: userId, reason: 'safe' }, after(17_000))
  // Whether Bina hears of the beginning is not known yet, so nobody hears of the end.
  expect((await drain(after(17_000))).sent).toEqual([])
  const later = []
  for (let seconds = 30; seconds < 300; seconds += 10) later.push(...(await drain(after(seconds * 1000))).sent)
  expect(later).toEqual([{ phone: anil, template: 'sos_resolved' }])
})

test('two drains at once send nothing twice', async () => {
  const { userId, contacts } = await newMeera(5)
  await raise(userId)
  const drains = await Promise.all([drain(start), drain(start), drain(start)])
  expect(drains.flatMap(({ sent }) => sent.map(({ phone }) => phone)).toSorted()).toEqual(contacts.toSorted())
})

test('an SOS waits for no others: it goes out before any number of events that are older', async () => {
  await db.execute(sql`insert into outbox (topic, subject, payload, created_at, available_at)
    select 'ride.updated', gen_random_uuid(), '{"status":"started"}', ${start}::timestamptz, ${start}::timestamptz
    from generate_series(1, 250)`)
  const { userId, contacts } = await newMeera(1)
  await raise(userId)
  expect((await drain(start)).sent.map(({ phone }) => phone)).toEqual(contacts)
})

test('a contact who cannot be reached for a day is given up, and that is written down', async () => {
  const { userId, contacts } = await newMeera(1)
  const alertId = await raise(userId)
  for (let hour = 0; hour < 24; hour += 4)
    expect((await drain(after(hour * 3600_000), contacts)).sent).toEqual([])
  await drain(after(DAY_MS + 3600_000), contacts)
  expect((await drain(after(DAY_MS + 7200_000))).sent).toEqual([])
  const done = sql`alert_id = ${alertId} and kind = 'contacts' and (details ->> 'done')::boolean`
  expect(await count('sos_events', done)).toBe(1)
})

test('links go a day after their end, alerts a year after theirs, and open ones stay', async () => {
  const { rideId, driverId } = await newRide(db, start, 3)
  const { hash } = await newToken()
  const own = { rideId, userId: driverId }
  const link = await createShareLink(db, { ...own, id: uuidv7(), hash }, start)
  expect(link?.expiresAt.getTime()).toBeGreaterThan(start.getTime() + DAY_MS + LINK_AFTER_ARRIVAL_MS)
  const end = link?.expiresAt.getTime() ?? 0
  expect(await listShareLinks(db, own, new Date(end - 1))).toHaveLength(1)
  expect(await listShareLinks(db, own, new Date(end))).toEqual([])
  expect((await loadShared(db, hash, new Date(end - 1)))?.ride).toMatchObject({ id: rideId, dropoff: null })
  expect(await loadShared(db, hash, new Date(end))).toBeUndefined()
  expect(await loadShared(db, `${hash}x`, start)).toBeUndefined()
  await forgetOldRows(db, new Date(end + DAY_MS))
  expect(await count('share_links', sql`ride_id = ${rideId}`)).toBe(1)
  await forgetOldRows(db, new Date(end + DAY_MS + 1))
  expect(await count('share_links', sql`ride_id = ${rideId}`)).toBe(0)

  const [over, open] = [await newMeera(0), await newMeera(0)]
  const [overId, openId] = [await raise(over.userId), await raise(open.userId)]
  await resolveOwnSos(db, { alertId: overId, actorId: over.userId, reason: 'safe' }, start)
  const shown = async (ms: number) => (await loadSharedAlert(db, overId, after(ms)))?.alert?.state
  expect([await shown(ALERT_AFTER_RESOLUTION_MS - 1), await shown(ALERT_AFTER_RESOLUTION_MS)]).toEqual([
    'resolved',
    undefined,
  ])
  expect((await loadSharedAlert(db, openId, after(400 * DAY_MS)))?.alert?.state).toBe('raised')
  await forgetOldRows(db, after(365 * DAY_MS))
  expect(await count('sos_events', sql`alert_id = ${overId}`)).toBe(2)
  await forgetOldRows(db, after(365 * DAY_MS + 1))
  expect(await count('sos_events', sql`alert_id = ${overId}`)).toBe(0)
  expect(await count('sos_alerts', sql`id in (${overId}, ${openId})`)).toBe(1)
})

test('with the account go its links and alerts, but not while one is open', async () => {
  const { userId } = await newMeera(1)
  const operator = await newPerson(db, start)
  const alertId = await raise(userId)
  await acknowledgeSos(db, { alertId, actorId: operator }, start)
  expect(await deleteAccount(db, userId, start)).toMatchObject({ inUse: true })
  await resolveOwnSos(db, { alertId, actorId: userId, reason: 'safe' }, start)
  expect(await deleteAccount(db, userId, start)).toMatchObject({ inUse: false })
  expect(await count('sos_alerts', sql`id = ${alertId}`)).toBe(0)
  expect(await count('users', sql`id = ${userId}`)).toBe(0)
  // Whoever was to be told hears nothing of somebody who is gone.
  expect((await drain(after(60_000))).sent).toEqual([])
  expect(
    await raiseSos(db, { id: uuidv7(), userId, rideId: null, position: null, note: null }, start),
  ).toBeUndefined()
})

test('with the account go those who follow a ride through its links, which are good no more', async () => {
  const { rideId, driverId } = await newRide(db, start, 3)
  const linkOf = async () => {
    const { hash } = await newToken()
    return createShareLink(db, { rideId, userId: driverId, id: uuidv7(), hash }, start)
  }
  const [open, revoked] = [await linkOf(), await linkOf()]
  await revokeShareLink(db, { rideId, userId: driverId, linkId: revoked?.id ?? '' }, start)
  await db.execute(sql`update rides set status = 'cancelled', ended_at = ${start} where id = ${rideId}`)
  expect(await deleteAccount(db, driverId, after(1000))).toMatchObject({ inUse: false })
  expect(await count('share_links', sql`ride_id = ${rideId}`)).toBe(0)
  const told = (
    await db.execute(sql`select payload ->> 'linkId' as link from outbox
    where topic = 'share.revoked' and subject = ${rideId} and created_at = ${after(1000)}`)
  ).rows
  expect(told).toEqual([{ link: open?.id }])
})

test('how a ride was driven is kept for a month, and longer where an alert or a report is about it', async () => {
  const rides = [await newRide(db, start, 3), await newRide(db, start, 3), await newRide(db, start, 3)]
  const [, alarmed, reported] = rides.map(({ rideId }) => rideId)
  for (const { rideId } of rides)
    await db.execute(sql`insert into ride_traces values (${rideId}, ${start}, ${start}, '', '{}', 0, ${start})`)
  const { userId } = await newMeera(0)
  const alertId = await raise(userId)
  await db.execute(sql`update sos_alerts set ride_id = ${alarmed} where id = ${alertId}`)
  await db.execute(sql`insert into reports (id, reporter_id, subject_kind, subject_id, reason, state, created_at)
    values (${uuidv7()}, ${userId}, 'ride', ${reported}, 'safety', 'open', ${start})`)
  const kept = async (at: Date) => {
    await forgetOldRows(db, at)
    const ids = rides.map(({ rideId }) => rideId)
    return (await db.execute(sql`select ride_id as id from ride_traces where ride_id in ${ids}`)).rows.map(
      ({ id }) => id,
    )
  }
  expect(await kept(after(30 * DAY_MS))).toHaveLength(3)
  expect(new Set(await kept(after(30 * DAY_MS + 1)))).toEqual(new Set([alarmed, reported]))
})
