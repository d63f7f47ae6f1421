import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'

export interface NewVariant {
  name: string
  mediaType: string
  bytes: number
  /** SHA-256 of the content, base64url. */
  sha256: string
}

/**
 * Records the objects that a pending file is about to have, in place of those of an attempt before. Undefined: the file
 * is not there, not its owner's, or not pending any more.
 */
export function recordVariants(
  db: Db,
  file: { id: string; ownerId: string },
  variants: readonly NewVariant[],
): Promise<{ id: string } | undefined> {
  return readRow(
    db,
    sql`with file as (
        select id from files where id = ${file.id} and owner_id = ${file.ownerId} and state = 'pending' for update
      ), variants as (
        insert into file_variants (file_id, name, media_type, bytes, sha256)
        select file.id, name, "mediaType", bytes, sha256
        from file, jsonb_to_recordset(${JSON.stringify(variants)}::jsonb)
          as variant (name text, "mediaType" text, bytes int, sha256 text)
        on conflict (file_id, name) do update
          set media_type = excluded.media_type, bytes = excluded.bytes, sha256 = excluded.sha256
      )
      select id from file`,
    z.object({ id: z.string() }),
  )
}
