import { objectToPdf } from './examine-pdf.ts'
import { findDisguise } from './find-disguise.ts'
import { byteLimit, MAX_EDGE, MAX_PIXELS, MIN_AVATAR_EDGE } from './limits.ts'
import { measurePicture, type Size } from './measure-picture.ts'
import type { FilePurpose } from './purposes.ts'

export interface Refusal {
  refused:
    | 'file_empty'
    | 'file_too_large'
    | 'file_type_not_supported'
    | 'file_not_clean'
    | 'picture_too_large'
    | 'picture_too_small'
  /** A sentence for whoever sent it. */
  detail: string
}

/** A picture's size is that of its pixels as they are stored, before it is turned upright. */
export type Examined = ({ kind: 'picture' } & Size) | { kind: 'pdf' } | Refusal

const PDF = '%PDF-'
/** Readers of PDF look for its beginning so far into a file. */
const PDF_START_WITHIN = 1024

const refuse = (refused: Refusal['refused'], detail: string): Refusal => ({ refused, detail })

/**
 * Says by its content, never by its name, what an upload is, and whether its purpose allows that. What other programs
 * would read as something else (a page, a program, an archive) is refused. Never throws; 10 MiB take some 50 ms.
 */
export function examineFile(bytes: Uint8Array, purpose: FilePurpose): Examined {
  const isAvatar = purpose === 'avatar'
  const maxBytes = byteLimit(purpose)
  if (bytes.length === 0) return refuse('file_empty', 'The file has no bytes')
  if (bytes.length > maxBytes) return refuse('file_too_large', `At most ${maxBytes} bytes are accepted`)

  if (!isAvatar && startOf(bytes, PDF.length) === PDF) {
    const text = textOf(bytes)
    return refuseUnclean(objectToPdf(text) ?? findDisguise(text)) ?? { kind: 'pdf' }
  }
  const size = measurePicture(bytes)
  if (!size) {
    const accepted = isAvatar ? 'JPEG, PNG or WebP' : 'JPEG, PNG, WebP or PDF'
    return refuse('file_type_not_supported', `It has to be ${accepted}, whatever its name is`)
  }
  const refusal = refuseSize(size, isAvatar ? MIN_AVATAR_EDGE : 1)
  if (refusal) return refusal
  const isPdf = startOf(bytes, PDF_START_WITHIN).includes(PDF)
  const objection = isPdf ? 'The picture is a PDF too' : findDisguise(textOf(bytes))
  return refuseUnclean(objection) ?? { kind: 'picture', ...size }
}

function refuseSize({ width, height }: Size, minEdge: number): Refusal | undefined {
  if (Math.max(width, height) > MAX_EDGE || width * height > MAX_PIXELS) {
    const allowed = `${MAX_EDGE} a side and ${MAX_PIXELS} in all`
    return refuse('picture_too_large', `${width} × ${height} pixels; allowed are ${allowed}`)
  }
  if (Math.min(width, height) >= minEdge) return undefined
  return refuse('picture_too_small', `${width} × ${height} pixels; needed are ${minEdge} a side`)
}

function refuseUnclean(objection: string | undefined): Refusal | undefined {
  return objection === undefined ? undefined : refuse('file_not_clean', objection)
}

function startOf(bytes: Uint8Array, length: number): string {
  return textOf(bytes.subarray(0, length))
}

/** A character for each byte; those of ASCII are themselves. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes)
}
