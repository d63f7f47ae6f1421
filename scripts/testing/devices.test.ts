import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { registerDevice } from '../../db/queries/notifications/devices.ts'
import { uuidv7 } from '../../packages/ids/uuid.ts'
import { newReader, start } from './notification-world.ts'
import { openWorld } from './open-world.ts'

const db = await openWorld()

test('a session that has ended, or is somebody else’s, gets no device', async () => {
  const [reader, stranger] = [await newReader(db), await newReader(db)]
  const { rows } = await db.execute(sql`select session_id from devices where id = ${reader.deviceId}`)
  const device = { pushToken: 'new', platform: 'ios', sessionId: String(rows[0]?.['session_id']) } as const
  expect(await registerDevice(db, { ...device, id: uuidv7(), userId: stranger.userId }, start)).toBeUndefined()
  await db.execute(sql`update sessions set revoked_at = ${start} where id = ${device.sessionId}`)
  expect(await registerDevice(db, { ...device, id: uuidv7(), userId: reader.userId }, start)).toBeUndefined()
})
