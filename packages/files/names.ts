import type { FilePurpose } from './purposes.ts'

const UUID_LENGTH = 36

/** Avatars are for everybody who has their address; documents are for their owner and the staff, attachments for who talks. */
export const isPublic = (purpose: FilePurpose): boolean => purpose === 'avatar'

/** The key of an object of a file in the bucket. */
export const objectKey = (fileId: string, variant: string): string => `files/${fileId}/${variant}`

/**
 * Where an upload that nobody has looked at yet waits. A signed address may be used again after its file was taken up,
 * so the bucket has a rule that empties `incoming/` after a day.
 */
export const incomingKey = (fileId: string): string => `incoming/${fileId}`

/** What an object of a file is called in addresses. */
export const filenameOf = (fileId: string, variant: string): string => `${fileId}-${variant}`

/** What `filenameOf` makes, and nothing that could be a path. */
export const FILENAME = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}-[a-z\d.]{1,20}$/

/** Takes a name that fits FILENAME apart again. */
export function readFilename(filename: string): { filename: string; fileId: string; variant: string } {
  return { filename, fileId: filename.slice(0, UUID_LENGTH), variant: filename.slice(UUID_LENGTH + 1) }
}
