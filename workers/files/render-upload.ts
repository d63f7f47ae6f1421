import { Problem } from '#packages/errors/problem.ts'
import { examineFile } from '#packages/files/examine-file.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import { PictureError, type PicturePort } from '#packages/pictures/picture-port.ts'
import { sha256Bytes } from '#packages/secrets/hash.ts'

/** An object to be kept. */
export interface Rendering {
  name: string
  mediaType: string
  content: Uint8Array<ArrayBuffer>
  bytes: number
  sha256: string
}

const WEBP = 'image/webp'
const PDF = 'application/pdf'

/**
 * Makes the objects of a file from what was uploaded: three squares of an avatar, one clean picture of a photographed
 * document, and a PDF as it is. Nothing of an uploaded picture but its pixels gets through. Throws a problem that says
 * what is wrong with it.
 */
export async function renderUpload(
  pictures: PicturePort,
  purpose: FilePurpose,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Rendering[]> {
  const examined = examineFile(bytes, purpose)
  if ('refused' in examined) throw new Problem(examined.refused, { detail: examined.detail })
  if (examined.kind === 'pdf') return [await describe('document', PDF, bytes)]
  try {
    if (purpose !== 'avatar')
      return [await describe('document', WEBP, new Uint8Array(await pictures.cleanPicture(bytes)))]
    const squares = await pictures.makeAvatars(bytes)
    return await Promise.all(
      squares.map(({ edge, webp }) => describe(`${edge}.webp`, WEBP, new Uint8Array(webp))),
    )
  } catch (cause) {
    if (cause instanceof PictureError) throw new Problem('picture_unreadable', { cause })
    throw new Problem('dependency_unavailable', {
      detail: 'Pictures cannot be processed',
      retryAfter: 5,
      cause,
    })
  }
}

async function describe(name: string, mediaType: string, content: Uint8Array<ArrayBuffer>): Promise<Rendering> {
  return { name, mediaType, content, bytes: content.byteLength, sha256: await sha256Bytes(content) }
}
