import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { isBarred } from './bar.ts'
import { takeUpClient } from './clients.ts'
import type { Effect, MemberId } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import { type Hub, type Member, memberOf, type Turn } from './hub.ts'
import { dismissMember } from './leave-hub.ts'
import { MAX_SOCKETS_PER_USER } from './limits.ts'
import { dropMember, keepMember, saveHub } from './save-hub.ts'
import { sayTo } from './say.ts'

export interface Joiner {
  id: MemberId
  pass: HubPass
  /** The number of the last event that this client has heard, if it was here before. */
  after: number | null
}

/** Why this pass does not open this hub, or null. */
function refusal(hub: Hub, { userId, sessionId, expiresAt }: HubPass, now: number): CloseReason | null {
  if (userId !== hub.userId) return 'unauthenticated'
  if (expiresAt !== undefined && expiresAt <= now) return 'pass_expired'
  return isBarred(hub, `session:${sessionId}`, now) ? 'session_revoked' : null
}

/** A person keeps at most so many connections: the oldest make place. */
function makePlace(turn: Turn): void {
  const members = [...turn.hub.members.values()].toSorted((a, b) => a.joinedAt - b.joinedAt)
  const tooMany = members.slice(0, Math.max(0, members.length + 1 - MAX_SOCKETS_PER_USER))
  for (const member of tooMany) dismissMember(turn, member, 'replaced')
}

/** Up to where this session has acknowledged, on any connection; null where it never has. */
function ackOf(hub: Hub, sessionId: string): number | null {
  const members = [...hub.members.values()].flatMap((member) =>
    member.sessionId === sessionId && member.acked !== null ? [member.acked] : [],
  )
  const before = hub.acks.flatMap((ack) => (ack.sessionId === sessionId ? [ack.seq] : []))
  return [...members, ...before].reduce<number | null>((a, b) => Math.max(a ?? b, b), null)
}

/** Greets who just joined: where things stand, and then every event after the number, if all are known. */
function greetMember(turn: Turn, member: Member, after: number | null): void {
  const { hub, now } = turn
  const from = after ?? ackOf(hub, member.sessionId)
  const resumed = from !== null && from >= hub.floor && from <= hub.seq
  sayTo(turn, [member], { type: 'snapshot', seq: hub.seq, resumed, at: new Date(now).toISOString() })
  if (!resumed) return
  for (const frame of hub.log.after(from)) sayTo(turn, [member], frame)
}

/** Connects a device, or closes it with the reason why not. */
export function joinHub(hub: Hub, { id, pass, after }: Joiner, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const refused = refusal(hub, pass, now)
  if (refused !== null) {
    turn.effects.push({ do: 'close', member: id, reason: refused })
    return finishTurn(turn)
  }
  const { sessionId, expiresAt = null, pid = null } = pass
  const former = hub.members.get(id)
  // A link that joins again is a new one.
  if (former && hub.members.delete(id)) dropMember(turn, former)
  makePlace(turn)
  // Strictly increasing, so that of two connections one is always the newer.
  hub.lastJoinedAt = Math.max(now, hub.lastJoinedAt + 1)
  const record = { sessionId, expiresAt, pid, joinedAt: hub.lastJoinedAt, away: false, acked: null }
  const member = memberOf(id, { v: 1, ...record }, now)
  hub.members.set(id, member)
  keepMember(turn, member)
  if (pid !== null) takeUpClient(turn, pid, sessionId)
  if (pass.drives === true && !hub.drives) {
    hub.drives = true
    saveHub(turn)
  }
  greetMember(turn, member, after)
  return finishTurn(turn)
}
