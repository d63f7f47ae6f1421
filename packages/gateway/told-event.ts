import { z } from 'zod'
import type { GatewaySource } from '#packages/protocol/gateway-link.ts'

/** A frame of a room or hub as Socket.IO clients hear it. */
export interface ToldEvent {
  name: string
  body: Record<string, unknown>
  /** What the client hands back to hear only what came after. */
  offset?: string
  /** A newer event with this key makes this one worthless. */
  latest?: string
  /** The number of a position. */
  position?: number | undefined
}

const Frame = z.looseObject({ type: z.string(), seq: z.int().optional() })

interface Body extends Record<string, unknown> {
  seq?: number | undefined
}

/** The event that a position is told by. */
const POSITION_TOLD = 'location:updated'
/** Names of a hub's frames that would say too little for themselves. */
const hubNames: Readonly<Record<string, string>> = { snapshot: 'realtime:snapshot', error: 'realtime:error' }
/** Those that are not numbered as events are. */
const fleeting = new Set(['snapshot', 'error', 'presence', 'chat:typing', 'pong'])

/** Reads a frame; null: it is none. The events' names and bodies are in docs/socketio.md. */
export function toldEvent(source: GatewaySource, text: string): ToldEvent | null {
  const { data: frame } = Frame.safeParse(parseJson(text))
  if (!frame) return null
  const { type, ...body } = frame
  return 'ride' in source ? ofRide(source.ride, type, body) : ofHub(type, body)
}

function ofRide(rideId: string, type: string, body: Body): ToldEvent {
  const about = { rideId, ...body }
  if (type === 'position')
    return { name: POSITION_TOLD, body: about, latest: latestPosition(rideId), position: body.seq }
  if (type === 'eta') return { name: 'ride:eta', body: about, latest: `eta ${rideId}` }
  return { name: type === 'ride' ? 'ride:status' : `ride:${type}`, body: about }
}

function ofHub(type: string, body: Body): ToldEvent {
  const name = hubNames[type] ?? type
  if (fleeting.has(type) || body.seq === undefined) return { name, body }
  return { name, body, offset: offsetOf(body.seq) }
}

const POSITION = '{"type":"position",'
const LAST_SEQ = /"seq":(\d+)\}$/

/**
 * The packet of a position in the main namespace, made of its frame without reading it: the same that `toldEvent` leads to
 * (tested). Null: it is another frame, or is written otherwise.
 */
export function positionPacket(rideId: string, frame: string): { packet: string; seq: number } | null {
  if (!frame.startsWith(POSITION)) return null
  const [, seq] = LAST_SEQ.exec(frame) ?? []
  if (seq === undefined) return null
  const body = `{"rideId":${JSON.stringify(rideId)},${frame.slice(POSITION.length)}`
  return { packet: `2["${POSITION_TOLD}",${body}]`, seq: Number(seq) }
}

/** What a newer position of the ride makes worthless. */
export const latestPosition = (rideId: string) => `position ${rideId}`

/** The Socket.IO offset of an event of the hub. */
export function offsetOf(seq: number): string {
  return `h${seq}`
}

const OFFSET = /^h(\d{1,15})$/

/** The number behind an offset; null: it is not one of ours. */
export function readOffset(offset: unknown): number | null {
  const [, seq] = (typeof offset === 'string' && OFFSET.exec(offset)) || []
  return seq === undefined ? null : Number(seq)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
