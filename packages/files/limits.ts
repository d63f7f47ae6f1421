import type { FilePurpose } from './purposes.ts'

const MEBIBYTE = 1_048_576

/** A photo of a phone's camera, as it comes. */
export const MAX_AVATAR_BYTES = 8 * MEBIBYTE
/** A scan of a few pages, or a photo. */
export const MAX_DOCUMENT_BYTES = 10 * MEBIBYTE

/** Width times height: 40 million pixels are 160 MB once decoded. */
export const MAX_PIXELS = 40_000_000
/** Pixels of the longer edge. More than Cloudflare Images takes would be in vain. */
export const MAX_EDGE = 12_000
/** Pixels of an avatar's shorter edge: less is a blur at every size that it is shown in. */
export const MIN_AVATAR_EDGE = 64

/** The most bytes that a file for this purpose may have. */
export function byteLimit(purpose: FilePurpose): number {
  return purpose === 'avatar' ? MAX_AVATAR_BYTES : MAX_DOCUMENT_BYTES
}
