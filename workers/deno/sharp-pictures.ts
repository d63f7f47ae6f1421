import sharp, { type ResizeOptions } from 'sharp'
import { MAX_PIXELS } from '#packages/files/limits.ts'
import {
  MAX_DOCUMENT_EDGE,
  PictureError,
  type PicturePort,
  squaresBy,
  WEBP_QUALITY,
} from '#packages/pictures/picture-port.ts'

/** Pictures through libvips in this process. Its WebP has no metadata, as none is asked to be kept. */
export function sharpPictures(): PicturePort {
  return {
    makeAvatars: (bytes) => squaresBy((picture, edge) => convert(picture, square(edge)), bytes),
    cleanPicture: (bytes) => convert(bytes, legible),
  }
}

const square = (edge: number): ResizeOptions => ({ width: edge, height: edge, fit: 'cover' })

const legible: ResizeOptions = {
  width: MAX_DOCUMENT_EDGE,
  height: MAX_DOCUMENT_EDGE,
  fit: 'inside',
  withoutEnlargement: true,
}

/** Reads from top to bottom, upright as EXIF says, and nothing with more pixels than files may have. */
async function convert(bytes: Uint8Array, size: ResizeOptions): Promise<Uint8Array> {
  try {
    return await sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
      .autoOrient()
      .resize(size)
      .webp({ quality: WEBP_QUALITY })
      .toBuffer()
  } catch (cause) {
    throw new PictureError('libvips cannot read it', { cause })
  }
}
