import type { ByteRange } from '#packages/storage/object-store.ts'

/** `bytes=`, in any case, and one range: `0-499`, `500-` or `-500`. */
const ONE_RANGE = /^bytes=[ \t]*(?:(\d+)-(\d*)|-(\d+))[ \t]*$/i

/**
 * The part of a file that a Range header asks for, by RFC 9110, section 14. What is not one range of bytes (several,
 * another unit, nonsense) is ignored, as that section allows: the whole file is the answer.
 * @param size of the file, bytes
 */
export function readRange(header: string | null, size: number): ByteRange | 'whole' | 'unsatisfiable' {
  const [, from, to, last] = ONE_RANGE.exec(header ?? '') ?? []
  if (last !== undefined) {
    const length = Math.min(Number(last), size)
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 }
  }
  if (from === undefined) return 'whole'
  const first = Number(from)
  const end = to ? Number(to) : size - 1
  if (to && end < first) return 'whole'
  return first < size ? { first, last: Math.min(end, size - 1) } : 'unsatisfiable'
}
