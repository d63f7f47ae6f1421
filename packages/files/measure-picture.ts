import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import { readJpegSize } from './read-jpeg-size.ts'

/** Pixels, as they are stored: EXIF may say that the picture is to be turned. */
export interface Size {
  width: number
  height: number
}

/** More than the headers of PNG and WebP. */
const HEADER_BYTES = 64
const JPEG_START = [0xff, 0xd8, 0xff]

/** What the header says of a JPEG, PNG or WebP; nothing is decoded. Undefined: it is none of them, or has no header. */
export function measurePicture(bytes: Uint8Array): Size | undefined {
  if (JPEG_START.every((byte, index) => bytes[index] === byte)) return readJpegSize(bytes)
  // A copy: what is only a view of a buffer, the library reads beyond its end.
  const header = bytes.slice(0, HEADER_BYTES)
  try {
    const format = [PNG, WEBP].find((each) => each.validate(header))
    if (!format) return undefined
    const { width, height } = format.calculate(header)
    return { width, height }
  } catch {
    // What the library throws at a header that is cut off or contradicts itself.
    return undefined
  }
}
