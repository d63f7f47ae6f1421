import type { Duplex } from 'node:stream'
import { MAX_MESSAGE_BYTES } from './limits.ts'

/** A message of a PostgreSQL client: its type byte as a character, '' for the start-up message, and all its bytes. */
export interface ClientMessage {
  type: string
  bytes: Buffer
}

const PROTOCOL_MAJOR = 3
/** Bytes needed to know what comes: length and code of a start-up message, or type and length of any other. */
const STARTUP_HEAD = 8
const TYPED_HEAD = 5

/** True for a StartupMessage; requests for TLS, GSS encryption or cancellation look alike but carry other codes. */
export function isStartup(bytes: Buffer): boolean {
  return bytes.readUInt16BE(4) === PROTOCOL_MAJOR
}

/** Cuts what arrives on the stream into messages; ends when the stream ends or breaks, and on nonsense. */
export async function* readMessages(stream: Duplex): AsyncGenerator<ClientMessage> {
  let rest: Buffer = Buffer.alloc(0)
  let typed = 0
  try {
    for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      while (rest.length >= (typed === 0 ? STARTUP_HEAD : TYPED_HEAD)) {
        const length = rest.readUInt32BE(typed) + typed
        if (length < 4 + typed || length > MAX_MESSAGE_BYTES) return
        if (rest.length < length) break
        const bytes = rest.subarray(0, length)
        rest = rest.subarray(length)
        yield { type: typed === 0 ? '' : bytes.toString('latin1', 0, 1), bytes }
        if (typed === 0 && isStartup(bytes)) typed = 1
      }
    }
  } catch {
    // The peer vanished: the same as an end.
  }
}
