/** Engine.IO packets as they are on the wire; a message is `MESSAGE` and its text behind. */
export const OPEN = '0'
export const CLOSE = '1'
export const PING = '2'
export const MESSAGE = '4'
export const NOOP = '6'
export const PROBE_ANSWER = '3probe'

/** Between the packets of a polling payload. */
export const SEPARATOR = '\x1e'

const CHUNK = 0x8000

/** A binary message in a polling payload. The parser from npm does this with Blobs or Buffers, which not every platform has. */
export function encodeBinary(bytes: Uint8Array): string {
  let units = ''
  for (let start = 0; start < bytes.length; start += CHUNK)
    units += String.fromCharCode(...bytes.subarray(start, start + CHUNK))
  return `b${btoa(units)}`
}
