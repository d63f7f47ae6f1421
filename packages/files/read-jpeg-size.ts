import type { Size } from './measure-picture.ts'

const MARKER = 0xff
/** Baseline, extended and progressive: the kinds of frame that decoders read. */
const FRAMES = new Set([0xc0, 0xc1, 0xc2])
/** Without a length of their own: fill bytes, and parameters that belong to no header. */
const BARE = new Set([0x00, 0x01, ...Array.from({ length: 10 }, (_, index) => 0xd0 + index), 0xff])
/** Start of scan: a frame comes before it or not at all. */
const SCAN = 0xda
/** A picture within our limits of size has some hundred at the most. */
const MAX_SEGMENTS = 4096

/**
 * The size in the frame header of a JPEG (ITU-T T.81, B.2.2), by going from segment to segment as decoders do. Of our
 * own because libraries look for the frame byte by byte: a hostile file of 10 MiB cost image-size a second, and one
 * can be made in which they find another size than the decoder will.
 * @returns undefined where the segments do not lead to a frame
 */
export function readJpegSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 2
  for (let count = 0; count < MAX_SEGMENTS && at + 9 <= bytes.length; count++) {
    const kind = view.getUint8(at + 1)
    if (view.getUint8(at) !== MARKER || BARE.has(kind) || kind === SCAN) return undefined
    if (FRAMES.has(kind)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    at += 2 + view.getUint16(at + 2)
  }
  return undefined
}
