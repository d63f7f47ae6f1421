import { abandonFiles, forgetFiles, loadDoomedFiles } from '#db/queries/files/forget-files.ts'
import { incomingKey, objectKey } from '#packages/files/names.ts'
import type { Services } from '../context.ts'

/**
 * Removes the objects of files that nobody sees any more, and only then their records, so that nothing is left in the
 * bucket without a record. Returns how many files went.
 */
export async function removeDeletedFiles(
  { db, objects }: Pick<Services, 'db' | 'objects'>,
  now: Date,
): Promise<number> {
  await abandonFiles(db, now)
  const doomed = await loadDoomedFiles(db, now)
  if (doomed.length === 0) return 0
  const keys = doomed.flatMap(({ id, variants }) => [
    incomingKey(id),
    ...variants.map((name) => objectKey(id, name)),
  ])
  await objects.delete(keys)
  await forgetFiles(
    db,
    doomed.map(({ id }) => id),
  )
  return doomed.length
}
