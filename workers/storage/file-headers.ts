import type { VariantRow } from '#db/queries/files/load-variant.ts'
import { isPublic } from '#packages/files/names.ts'

const extensions: Record<string, string> = { 'image/webp': '.webp', 'application/pdf': '.pdf' }

/**
 * What a file is sent with. The content of a name never changes, so the address of an avatar can be kept for good; a
 * document is not for caches of others, and is saved rather than shown by the origin of the API.
 */
export function fileHeaders(filename: string, { purpose, mediaType, sha256 }: VariantRow) {
  const shown = isPublic(purpose)
  const extension = extensions[mediaType] ?? ''
  const name = filename.endsWith(extension) ? filename : `${filename}${extension}`
  return {
    'content-type': mediaType,
    etag: `"${sha256}"`,
    'accept-ranges': 'bytes',
    'cache-control': shown ? 'public, max-age=31536000, immutable' : 'private, no-cache',
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${name}"`,
    ...(shown && { 'cross-origin-resource-policy': 'cross-origin' }),
  }
}
