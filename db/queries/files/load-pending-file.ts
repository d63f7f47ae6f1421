import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'

const PendingRow = z.object({ purpose: z.enum(FILE_PURPOSES) })

/** A file of this owner that was announced and is not complete. */
export function loadPendingFile(
  db: Db,
  id: string,
  ownerId: string,
): Promise<z.infer<typeof PendingRow> | undefined> {
  return readRow(
    db,
    sql`select purpose from files where id = ${id} and owner_id = ${ownerId} and state = 'pending'`,
    PendingRow,
  )
}
