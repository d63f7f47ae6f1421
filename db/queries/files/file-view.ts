import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'

/** A file with its variants, the largest first. */
export const FileRow = z.object({
  id: z.string(),
  ownerId: z.string(),
  purpose: z.enum(FILE_PURPOSES),
  createdAt: z.coerce.date(),
  variants: z.array(z.object({ name: z.string(), mediaType: z.string(), bytes: z.number() })),
})
export type FileRow = z.infer<typeof FileRow>

/** The variants of a row of `files` called `file`, as JSON, the largest first. */
export const variantsOfFile = `(select coalesce(jsonb_agg(jsonb_build_object('name', name, 'mediaType', media_type,
    'bytes', bytes) order by bytes desc, name), '[]') from file_variants where file_id = file.id)`

/** The columns of a FileRow, from a row of `files` called `file`. */
export const fileColumns =
  sql.raw(`file.id, file.owner_id as "ownerId", file.purpose, file.created_at as "createdAt",
  ${variantsOfFile} as variants`)
