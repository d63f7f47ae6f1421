import { Decoder, isPacketValid, type Packet } from 'socket.io-parser'
import type { Data } from './effect.ts'
import { MAX_ATTACHMENTS } from './settings.ts'

/** A packet whose attachments have not all come: what came of it, in order. */
export type Fragments = [header: string, ...attachments: Uint8Array<ArrayBuffer>[]]

export interface Received {
  /** The packet that is complete with this message. */
  packet: Packet | null
  /** What came of a packet that is not. */
  fragments: Fragments | null
}

/**
 * Takes in one message of the engine. A packet with attachments is put together anew from what came of it when the last
 * one is there, so nothing but plain values has to survive until then.
 * @throws where the protocol does not allow the message
 */
export function receiveMessage(fragments: Fragments | null, data: Data): Received {
  if (fragments === null) {
    if (typeof data !== 'string') throw new SyntaxError('an attachment without a packet')
    const packet = decode([data])
    return packet === null ? { packet, fragments: [data] } : { packet, fragments: null }
  }
  if (typeof data === 'string') throw new SyntaxError('a packet before the attachments of the one before')
  const parts: Fragments = [...fragments, data]
  const packet = decode(parts)
  return { packet, fragments: packet === null ? parts : null }
}

/** One for all: nothing stays in it from one call to the next. */
const decoder = new Decoder({ maxAttachments: MAX_ATTACHMENTS })
let decoded: Packet | null = null
decoder.on('decoded', (packet) => {
  decoded = packet
})

function decode(parts: readonly Data[]): Packet | null {
  decoded = null
  try {
    for (const part of parts) decoder.add(typeof part === 'string' ? part : part.buffer)
  } finally {
    decoder.destroy()
  }
  // The decoder lets an event without a name pass.
  if (decoded !== null && !isPacketValid(decoded)) throw new SyntaxError('not a valid packet')
  return decoded
}
