import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'

const VariantRow = z.object({
  ownerId: z.string(),
  purpose: z.enum(FILE_PURPOSES),
  mediaType: z.string(),
  bytes: z.number(),
  sha256: z.string(),
})
export type VariantRow = z.infer<typeof VariantRow>

/** One object of a ready file, with who owns it. */
export function loadVariant(db: Db, fileId: string, name: string): Promise<VariantRow | undefined> {
  return readRow(
    db,
    sql`select owner_id as "ownerId", purpose, media_type as "mediaType", bytes, sha256
      from files join file_variants on file_id = id
      where id = ${fileId} and name = ${name} and state = 'ready'`,
    VariantRow,
  )
}
