import { expect, test } from 'vitest'
import { deleteAccount } from '../../db/queries/auth/delete-account.ts'
import { publishRoutes } from '../../db/queries/routes/publish-routes.ts'
import { draftRoute, newDriver, openWorld } from './open-world.ts'

/** With TEST_DATABASE_URL what is asked at once is done at once. */
const now = new Date('2026-12-01T06:00:00Z')
const departsAt = new Date(now.getTime() + 24 * 3600_000)
const ROUNDS = 25

const db = await openWorld()

test('a route and a deletion at once: one of them happens, and neither waits for the other without end', async () => {
  for (let round = 0; round < ROUNDS; round++) {
    const driver = await newDriver(db, now, 3)
    const routes: [ReturnType<typeof draftRoute>] = [draftRoute(now, { departsAt }, { seats: 3 })]
    const [published, deleted] = await Promise.all([
      publishRoutes(db, { ...driver, papers: [], routes }, now),
      deleteAccount(db, driver.driverId, now),
    ])
    expect(published !== undefined).toBe(deleted?.inUse)
  }
}, 60_000)
