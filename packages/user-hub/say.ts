import type { HubError, HubServerFrame } from '#packages/protocol/hub-server-frame.ts'
import { isCurrent, type Member, type Turn } from './hub.ts'

/** Says something to some members, encoded once. */
export function sayTo({ effects, now }: Turn, members: Iterable<Member>, frame: HubServerFrame | string): void {
  const to = [...members].filter((member) => isCurrent(member, now)).map(({ id }) => id)
  if (to.length === 0) return
  effects.push({ do: 'send', to, frame: typeof frame === 'string' ? frame : JSON.stringify(frame) })
}

/** Tells a member what was wrong with its frame. */
export function refuse(turn: Turn, member: Member, code: HubError, message: string): void {
  sayTo(turn, [member], { type: 'error', code, message })
}
