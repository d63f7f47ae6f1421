import { z } from '@hono/zod-openapi'
import { MAX_DOCUMENT_BYTES } from '#packages/files/limits.ts'
import { FILE_PURPOSES } from '#packages/files/purposes.ts'
import type { Ctx, StoredFile } from '../context.ts'
import { Id, Instant } from '../http/shapes.ts'

export const StoredFileShape = z
  .object({
    id: Id,
    purpose: z.enum(FILE_PURPOSES),
    createdAt: Instant,
    variants: z.array(
      z.object({
        name: z
          .string()
          .openapi({ description: '`512.webp`, `256.webp`, `128.webp` of an avatar; else `document`' }),
        filename: z.string(),
        mediaType: z.string(),
        bytes: z.int(),
        url: z.string().openapi({ description: 'Relative to the origin of the API' }),
        expiresAt: Instant.nullable().openapi({ description: 'When the link ends; null: never' }),
      }),
    ),
  })
  .openapi('StoredFile')

/** The media types that a person may announce; what the bytes are is seen when they are there. */
export const UPLOAD_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const

export const NewUpload = z
  .strictObject({
    purpose: z.enum(FILE_PURPOSES),
    mediaType: z.enum(UPLOAD_TYPES),
    bytes: z.int().min(1).max(MAX_DOCUMENT_BYTES),
  })
  .openapi('NewUpload')

export const Upload = z
  .object({
    id: Id,
    method: z.literal('PUT'),
    url: z.url(),
    headers: z
      .record(z.string(), z.string())
      .openapi({ description: 'To be sent with the bytes, as they are' }),
    expiresAt: Instant,
  })
  .openapi('Upload')

/** A stored file with links that are good now. */
export async function presentFile(ctx: Ctx, file: StoredFile): Promise<z.input<typeof StoredFileShape>> {
  const links = await ctx.files.link(file, ctx.now)
  const variants = file.variants.flatMap((variant, index) => {
    const link = links[index]
    return link ? [{ ...variant, ...link, expiresAt: link.expiresAt?.toISOString() ?? null }] : []
  })
  const { id, purpose, createdAt } = file
  return { id, purpose, createdAt: createdAt.toISOString(), variants }
}
