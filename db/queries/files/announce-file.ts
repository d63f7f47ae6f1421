import { sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'

/** Records that a file is about to be uploaded, before any byte of it is anywhere. */
export async function announceFile(
  db: Db,
  file: { id: string; ownerId: string; purpose: FilePurpose },
  now: Date,
): Promise<void> {
  await db.execute(
    sql`insert into files (id, owner_id, purpose, state, created_at)
      values (${file.id}, ${file.ownerId}, ${file.purpose}, 'pending', ${now})`,
  )
}
