import { announceFile } from '#db/queries/files/announce-file.ts'
import { loadPendingFile } from '#db/queries/files/load-pending-file.ts'
import { Problem } from '#packages/errors/problem.ts'
import { byteLimit } from '#packages/files/limits.ts'
import { incomingKey } from '#packages/files/names.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { S3Access } from '#packages/storage/s3-access.ts'
import { signUpload } from '#packages/storage/sign-upload.ts'
import type { FilePort } from '../context.ts'
import { askStore } from './ask-store.ts'
import { type Shelf, storeRenderings } from './keep-file.ts'
import { renderUpload } from './render-upload.ts'

/** How long the signed address of an upload works. */
export const INVITATION_SECONDS = 600

/** Announces a file and signs the address that its bytes may be PUT to. Throws `file_too_large`, `file_empty`. */
export async function inviteUpload(
  { db, access }: Pick<Shelf, 'db'> & { access: S3Access },
  ...[{ ownerId, purpose, mediaType, size }, now]: Parameters<FilePort['invite']>
): ReturnType<FilePort['invite']> {
  const limit = byteLimit(purpose)
  if (size > limit) throw new Problem('file_too_large', { detail: `At most ${limit} bytes` })
  const id = uuidv7(now)
  await announceFile(db, { id, ownerId, purpose }, new Date(now))
  const upload = { key: incomingKey(id), contentType: mediaType, bytes: size, seconds: INVITATION_SECONDS }
  const signed = await signUpload(access, upload, now)
  return { id, expiresAt: new Date(now + INVITATION_SECONDS * 1000), ...signed }
}

/** Takes up what arrived at a signed address: the same examination, and the original goes. Throws `file_not_uploaded`. */
export async function completeUpload(
  shelf: Shelf,
  ...[{ id, ownerId }, now]: Parameters<FilePort['complete']>
): ReturnType<FilePort['complete']> {
  const { db, objects, pictures } = shelf
  const pending = await loadPendingFile(db, id, ownerId)
  if (!pending) return undefined
  const key = incomingKey(id)
  const size = await askStore(() => objects.size(key))
  if (size === undefined) throw new Problem('file_not_uploaded')
  // Looked at before the bytes are fetched: what is too large is not taken into memory.
  if (size > byteLimit(pending.purpose)) throw new Problem('file_too_large')
  const bytes = await askStore(
    async () => new Uint8Array(await new Response(await objects.get(key)).arrayBuffer()),
  )
  const renderings = await renderUpload(pictures, pending.purpose, bytes)
  const stored = await storeRenderings(shelf, { id, ownerId }, renderings, now)
  await askStore(() => objects.delete([key]))
  return stored
}
