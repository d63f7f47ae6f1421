/** Edges of the square pictures that an avatar becomes, pixels; the largest first. */
export const AVATAR_EDGES = [512, 256, 128] as const
export type AvatarEdge = (typeof AVATAR_EDGES)[number]

/** The longest edge of a document's picture, pixels: small print stays legible. */
export const MAX_DOCUMENT_EDGE = 2400

/** Of 1 to 100: what the next step up adds to a face or a page, nobody sees. */
export const WEBP_QUALITY = 82

/**
 * Whoever decodes and encodes pictures. What comes out is WebP made of nothing but pixels: upright as EXIF said, and
 * without EXIF, position or anything else that came with them.
 */
export interface PicturePort {
  /** Three squares cut from the middle. Throws a PictureError on what is no picture. */
  makeAvatars(bytes: Uint8Array): Promise<{ edge: AvatarEdge; webp: Uint8Array }[]>
  /** The whole picture, made smaller where an edge is longer than MAX_DOCUMENT_EDGE. Throws a PictureError. */
  cleanPicture(bytes: Uint8Array): Promise<Uint8Array>
}

/** The codec could not read the picture. */
export class PictureError extends Error {
  override readonly name = 'PictureError'
}

/** The squares of an avatar by a codec that makes one; the big picture is decoded once. */
export async function squaresBy(
  makeSquare: (bytes: Uint8Array, edge: AvatarEdge) => Promise<Uint8Array>,
  bytes: Uint8Array,
): Promise<{ edge: AvatarEdge; webp: Uint8Array }[]> {
  const [largest, ...smaller] = AVATAR_EDGES
  const first = await makeSquare(bytes, largest)
  const rest = smaller.map(async (edge) => ({ edge, webp: await makeSquare(first, edge) }))
  return [{ edge: largest, webp: first }, ...(await Promise.all(rest))]
}
