import { Redis } from '@upstash/redis'
import { sql } from 'drizzle-orm'
import { expect, test, vi } from 'vitest'
import { announceFile } from '../../db/queries/files/announce-file.ts'
import { completeFile } from '../../db/queries/files/complete-file.ts'
import { deleteFile } from '../../db/queries/files/delete-file.ts'
import { loadVariant } from '../../db/queries/files/load-variant.ts'
import { recordVariants } from '../../db/queries/files/record-variants.ts'
import type { FilePurpose } from '../../packages/files/purposes.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { removeDeletedFiles } from '../../workers/events/remove-deleted-files.ts'
import { sweep } from '../../workers/events/sweep.ts'
import { jsonLog } from '../../workers/http/log.ts'
import { newPerson, openWorld } from './open-world.ts'

const start = new Date('2026-12-01T06:00:00Z')
const hours = (count: number) => new Date(start.getTime() + count * 3600_000)

const db = await openWorld()

/** A bucket that only remembers which keys it has. */
function bucketOf(...keys: string[]) {
  const held = new Set(keys)
  const never = async () => undefined
  const remove = async (gone: readonly string[]) => gone.forEach((key) => held.delete(key))
  return { held, objects: { put: never, size: never, get: never, delete: remove } }
}

const variant = { name: 'document', mediaType: 'application/pdf', bytes: 10, sha256: 'x' }

async function upload(purpose: FilePurpose, until: 'announced' | 'recorded' | 'ready') {
  const file = { id: uuidv7(), ownerId: await newPerson(db, start), purpose }
  await announceFile(db, file, start)
  if (until !== 'announced') await recordVariants(db, file, [variant])
  if (until === 'ready') await completeFile(db, file, start)
  return { ...file, key: `files/${file.id}/document`, incoming: `incoming/${file.id}` }
}

const recordOf = async (id: string) => (await db.execute(sql`select state from files where id = ${id}`)).rows[0]

test('an upload that stopped half way is removed after a day, with what arrived of it', async () => {
  const announced = await upload('avatar', 'announced')
  const recorded = await upload('driver_document', 'recorded')
  const { held, objects } = bucketOf(announced.incoming, recorded.key)
  expect(await removeDeletedFiles({ db, objects }, hours(23))).toBe(0)
  expect(held.size).toBe(2)
  expect(await removeDeletedFiles({ db, objects }, hours(25))).toBe(0)
  expect(await recordOf(recorded.id)).toEqual({ state: 'deleted' })
  expect(await removeDeletedFiles({ db, objects }, hours(26))).toBe(2)
  expect(held.size).toBe(0)
  expect(await recordOf(announced.id)).toBeUndefined()
  expect(await recordOf(recorded.id)).toBeUndefined()
})

test('a document that nobody has handed in goes after a day, an avatar stays', async () => {
  const loose = await upload('vehicle_document', 'ready')
  const avatar = await upload('avatar', 'ready')
  const { held, objects } = bucketOf(loose.key, avatar.key)
  await removeDeletedFiles({ db, objects }, hours(25))
  expect(await removeDeletedFiles({ db, objects }, hours(26))).toBe(1)
  expect([...held]).toEqual([avatar.key])
  expect(await loadVariant(db, avatar.id, 'document')).toMatchObject({ purpose: 'avatar' })
})

test('a deleted file goes when nothing of it can be on its way any more; while the bucket does not answer its record stays', async () => {
  const file = await upload('avatar', 'ready')
  expect(await deleteFile(db, file, start)).toEqual({ deleted: true })
  expect(await loadVariant(db, file.id, 'document')).toBeUndefined()
  const { held, objects } = bucketOf(file.key)
  const broken = { ...objects, delete: () => Promise.reject(new Error('silence')) }
  expect(await removeDeletedFiles({ db, objects }, start)).toBe(0)
  await expect(removeDeletedFiles({ db, objects: broken }, hours(1))).rejects.toThrow('silence')
  expect(await recordOf(file.id)).toEqual({ state: 'deleted' })
  expect(await removeDeletedFiles({ db, objects }, hours(1))).toBe(1)
  expect(held.size).toBe(0)
})

test('a file that was removed meanwhile cannot be completed', async () => {
  const file = await upload('avatar', 'announced')
  const { objects } = bucketOf()
  await removeDeletedFiles({ db, objects }, hours(25))
  await removeDeletedFiles({ db, objects }, hours(26))
  expect(await recordVariants(db, file, [variant])).toBeUndefined()
  expect(await completeFile(db, file, hours(25))).toBeUndefined()
})

/** Everything that the work of the minute touches; Redis does not answer. */
function sweepAt(now: Date, objects: ReturnType<typeof bucketOf>['objects']) {
  const lines: string[] = []
  const drainOutbox = vi.fn<() => Promise<number>>().mockResolvedValue(0)
  const redis = new Redis({ url: 'https://redis.test', token: 'none', retry: false })
  const payouts = { payments: null, keys: { payoutDetails: new Uint8Array(32) } }
  const services = { db, redis, objects, drainOutbox, ...payouts, log: jsonLog((line) => lines.push(line)) }
  return sweep(services, now).then(() => ({ drainOutbox, log: lines.join('\n') }))
}

test('the work of the minute takes deleted files out of the bucket', async () => {
  const file = await upload('avatar', 'ready')
  await deleteFile(db, file, start)
  const { held, objects } = bucketOf(file.key)
  expect((await sweepAt(hours(1), objects)).log).toContain('"filesRemoved":1')
  expect(held.size).toBe(0)
})

test('a bucket that does not answer holds up nothing else of the minute', async () => {
  const file = await upload('avatar', 'ready')
  await deleteFile(db, file, start)
  await db.execute(sql`insert into idempotency_keys (user_id, key, operation, request_hash, locked_until, expires_at)
    values (${file.ownerId}, 'old', 'x', 'x', ${start}, ${start})`)
  const { objects } = bucketOf(file.key)
  const broken = { ...objects, delete: () => Promise.reject(new Error('silence')) }
  const { log, drainOutbox } = await sweepAt(hours(1), broken)
  expect(log).toContain('"step":"removeDeletedFiles"')
  expect(drainOutbox).toHaveBeenCalledTimes(1)
  expect((await db.execute(sql`select 1 from idempotency_keys where expires_at < ${hours(1)}`)).rows).toEqual(
    [],
  )
  expect(await recordOf(file.id)).toEqual({ state: 'deleted' })
})
