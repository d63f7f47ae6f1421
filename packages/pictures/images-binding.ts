import { MAX_DOCUMENT_EDGE, PictureError, type PicturePort, squaresBy, WEBP_QUALITY } from './picture-port.ts'

interface Transform {
  width: number
  height: number
  fit: 'cover' | 'scale-down'
}

interface Transformer {
  transform(transform: Transform): Transformer
  output(options: {
    format: 'image/webp'
    quality: number
    anim: boolean
  }): Promise<{ image(): ReadableStream<Uint8Array> }>
}

/** What is needed of Cloudflare's Images binding, an `ImagesBinding`. */
export interface Images {
  input(stream: ReadableStream<Uint8Array>): Transformer
}

/**
 * Codes of Cloudflare Images that are about the picture; all others are about the service, its limits or its bill.
 * Source: the table of errors in its reference; 9402 is "too large" for a binding, which fetches nothing. 9523 is for
 * "invalid format" as well as for whatever has no code of its own; Miniflare has no other. Taken for an outage, it
 * would have people send the same bad picture again and again.
 */
const PICTURE_CODES = [9402, 9412, 9413, 9416, 9420, 9516, 9520, 9523]

/**
 * Pictures through Cloudflare Images. It turns them upright by EXIF of its own accord, and its WebP has no metadata.
 * Every output is billed as one transformation: four for an avatar, one for a document.
 */
export function imagesBinding(images: Images): PicturePort {
  const convert = async (bytes: Uint8Array, transform: Transform): Promise<Uint8Array> => {
    try {
      const output = { format: 'image/webp', quality: WEBP_QUALITY, anim: false } as const
      const result = await images.input(streamOf(bytes)).transform(transform).output(output)
      return new Uint8Array(await new Response(result.image()).arrayBuffer())
    } catch (error) {
      if (isAboutPicture(error)) throw new PictureError('Cloudflare Images cannot read it', { cause: error })
      throw error
    }
  }
  const square = (bytes: Uint8Array, edge: number) =>
    convert(bytes, { width: edge, height: edge, fit: 'cover' })
  return {
    makeAvatars: (bytes) => squaresBy(square, bytes),
    cleanPicture: (bytes) =>
      convert(bytes, { width: MAX_DOCUMENT_EDGE, height: MAX_DOCUMENT_EDGE, fit: 'scale-down' }),
  }
}

function streamOf(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream()
}

function isAboutPicture(error: unknown): boolean {
  return error instanceof Error && 'code' in error && PICTURE_CODES.some((code) => code === error.code)
}
