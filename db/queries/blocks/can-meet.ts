import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { isBlockedPair } from './blocked-pair.ts'

/** Whether a person is there for another: has an account, and neither has blocked the other. */
export async function canMeet(db: Db, viewerId: string, personId: string): Promise<boolean> {
  const person = await readRow(
    db,
    sql`select id from users where id = ${personId} and deleted_at is null
      and not ${isBlockedPair(sql`${viewerId}::uuid`, sql`users.id`)}`,
    z.object({ id: z.string() }),
  )
  return person !== undefined
}
