import { Encoder, type Packet, PacketType } from 'socket.io-parser'
import type { Data } from './effect.ts'

const encoder = new Encoder()

/** The namespace of `io(url)`. */
export const MAIN = '/'

/** A Socket.IO packet as messages of the engine: its text, then its binary attachments. */
function encode(packet: Packet): Data[] {
  return encoder.encode(packet).map((part: unknown) => {
    if (typeof part === 'string') return part
    if (part instanceof ArrayBuffer) return new Uint8Array(part)
    if (part instanceof Uint8Array) return Uint8Array.from(part)
    throw new TypeError('the encoder made something that is neither text nor bytes')
  })
}

/** @param id asks for an acknowledgement under this number */
export function encodeEvent(nsp: string, args: readonly [string, ...unknown[]], id?: number): Data[] {
  return encode({ type: PacketType.EVENT, nsp, data: [...args], ...(id !== undefined && { id }) })
}

export function encodeAck(nsp: string, id: number, args: readonly unknown[]): Data[] {
  return encode({ type: PacketType.ACK, nsp, id, data: [...args] })
}

/** @param pid what the client shows to get what it missed */
export function encodeConnect(nsp: string, sid: string, pid?: string): Data[] {
  return encode({ type: PacketType.CONNECT, nsp, data: pid === undefined ? { sid } : { sid, pid } })
}

export function encodeConnectError(nsp: string, message: string, data?: unknown): Data[] {
  return encode({
    type: PacketType.CONNECT_ERROR,
    nsp,
    data: data === undefined ? { message } : { message, data },
  })
}

export function encodeDisconnect(nsp: string): Data[] {
  return encode({ type: PacketType.DISCONNECT, nsp })
}
