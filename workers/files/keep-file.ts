import { announceFile } from '#db/queries/files/announce-file.ts'
import { completeFile } from '#db/queries/files/complete-file.ts'
import { recordVariants } from '#db/queries/files/record-variants.ts'
import { Problem } from '#packages/errors/problem.ts'
import { objectKey } from '#packages/files/names.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { Services, StoredFile } from '../context.ts'
import { askStore } from './ask-store.ts'
import { type Rendering, renderUpload } from './render-upload.ts'

export type Shelf = Pick<Services, 'db' | 'objects' | 'pictures'>

/**
 * Examines an upload and keeps what is made of it. The record comes before the bytes: whatever happens in between, the
 * sweep finds what is left of it.
 */
export async function keepFile(
  shelf: Shelf,
  { ownerId, purpose, bytes }: { ownerId: string; purpose: FilePurpose; bytes: Uint8Array<ArrayBuffer> },
  now: number,
): Promise<StoredFile> {
  const renderings = await renderUpload(shelf.pictures, purpose, bytes)
  const file = { id: uuidv7(now), ownerId, purpose }
  await announceFile(shelf.db, file, new Date(now))
  const stored = await storeRenderings(shelf, file, renderings, now)
  if (!stored) throw new Problem('concurrent_change')
  return stored
}

/** Puts the objects of a pending file into the bucket and makes it ready. Undefined: it is not pending any more. */
export async function storeRenderings(
  { db, objects }: Shelf,
  file: { id: string; ownerId: string },
  renderings: readonly Rendering[],
  now: number,
): Promise<StoredFile | undefined> {
  const variants = renderings.map(({ name, mediaType, bytes, sha256 }) => ({ name, mediaType, bytes, sha256 }))
  if (!(await recordVariants(db, file, variants))) return undefined
  await askStore(() =>
    Promise.all(
      renderings.map(({ name, mediaType, content }) =>
        objects.put(objectKey(file.id, name), content, mediaType),
      ),
    ),
  )
  return completeFile(db, file, new Date(now))
}
