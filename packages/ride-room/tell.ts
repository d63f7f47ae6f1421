import type { FrameError, RoomEvent, ServerFrame } from '#packages/protocol/server-frame.ts'
import { RING_SIZE } from './limits.ts'
import { type Audience, hears, type Member, type Turn } from './room.ts'
import { noteProgress, saveRoom } from './save-room.ts'

export const everyone: Audience = { roles: ['driver', 'passenger', 'viewer'] }
/** Who follows the car. */
export const followers: Audience = { roles: ['passenger', 'viewer'], position: true }
/** Everyone who may know where the car is, its driver too. */
export const informed: Audience = { roles: ['driver', 'passenger', 'viewer'], position: true }
/** The people of the ride, as far as they may know where the car is. */
export const travellers: Audience = { roles: ['driver', 'passenger'], position: true }

type Numbered = { seq: number }
/** An event before it has its number. */
export type Unnumbered = RoomEvent extends infer Event
  ? Event extends Numbered
    ? Omit<Event, 'seq'>
    : never
  : never

/**
 * Numbers an event, encodes it once, remembers it for those who resume and sends it to whom it is for.
 * @param latest see `Effect`
 */
export function tell(turn: Turn, event: Unnumbered, to: Audience, latest?: string): void {
  const { room, now, effects } = turn
  room.seq += 1
  noteProgress(turn)
  // First of all: a frame must not leave before its number is safe from being given again.
  if (room.seq > room.reserved) saveRoom(turn)

  const frame = JSON.stringify({ ...event, seq: room.seq })
  room.ring.push({ seq: room.seq, to, at: now, frame })
  if (room.ring.length > RING_SIZE) room.floor = room.ring.shift()?.seq ?? room.floor

  const listeners: string[] = []
  for (const member of room.members.values()) if (hears(member, to, now)) listeners.push(member.id)
  if (listeners.length > 0)
    effects.push({ do: 'send', to: listeners, frame, ...(latest !== undefined && { latest }) })
}

/** Says something to one member, outside the sequence. */
export function sayTo({ effects }: Turn, id: string, frame: ServerFrame): void {
  effects.push({ do: 'send', to: [id], frame: JSON.stringify(frame) })
}

/** Tells a member what was wrong with its frame. */
export function refuse(turn: Turn, member: Member, code: FrameError, message: string): void {
  sayTo(turn, member.id, { type: 'error', code, message })
}
