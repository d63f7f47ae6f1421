import { Problem } from '#packages/errors/problem.ts'
import { filenameOf, isPublic } from '#packages/files/names.ts'
import { keyedHash } from '#packages/secrets/hash.ts'
import { timingSafeEqual } from '#packages/secrets/timing-safe-equal.ts'
import type { FileLink, FilePort } from '../context.ts'

/** How long a link to a private file works. */
export const LINK_SECONDS = 300
const DOWNLOAD_PATH = '/api/v1/storage/download'

type Key = Uint8Array<ArrayBuffer>

const sign = (key: Key, filename: string, expires: number) => keyedHash(key, `${filename} ${expires}`)

/** The links of a file's objects, relative to the origin of the API. */
export function linkFile(key: Key, ...[file, now]: Parameters<FilePort['link']>): Promise<FileLink[]> {
  return Promise.all(
    file.variants.map(async ({ name }) => {
      const filename = filenameOf(file.id, name)
      const url = `${DOWNLOAD_PATH}/${filename}`
      if (isPublic(file.purpose)) return { filename, url, expiresAt: null }
      const expires = Math.floor(now / 1000) + LINK_SECONDS
      const query = new URLSearchParams({
        expires: String(expires),
        signature: await sign(key, filename, expires),
      })
      return { filename, url: `${url}?${query.toString()}`, expiresAt: new Date(expires * 1000) }
    }),
  )
}

/** Throws `link_invalid`, or `link_expired` where the link once was good. */
export async function verifyLink(
  key: Key,
  ...[filename, expires, signature, now]: Parameters<FilePort['verifyLink']>
): Promise<void> {
  if (!(await timingSafeEqual(signature, await sign(key, filename, expires)))) throw new Problem('link_invalid')
  if (expires * 1000 <= now) throw new Problem('link_expired')
}
