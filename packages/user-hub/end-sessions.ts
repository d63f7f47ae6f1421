import { bar } from './bar.ts'
import type { Effect } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Turn } from './hub.ts'
import { dismissMember } from './leave-hub.ts'
import { nextVersion, nobody, tellWatchers } from './presence.ts'
import { dropClient, saveHub } from './save-hub.ts'

/** Closes what was opened on these sessions, keeps out passes made before, and forgets what their clients come back to. */
export function endSessions(hub: Hub, sessionIds: readonly string[], now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const ended = new Set(sessionIds)
  for (const sessionId of ended) bar(hub, `session:${sessionId}`, now)
  for (const member of [...hub.members.values()]) {
    if (ended.has(member.sessionId)) dismissMember(turn, member, 'session_revoked')
  }
  for (const [pid, { sessionId }] of [...hub.clients]) if (ended.has(sessionId)) dropClient(turn, pid)
  saveHub(turn)
  return finishTurn(turn)
}

/** The account is gone: closes everything and forgets everything but what keeps late passes out. */
export function forgetPerson(hub: Hub, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  for (const member of [...hub.members.values()]) {
    bar(hub, `session:${member.sessionId}`, now)
    dismissMember(turn, member, 'session_revoked')
  }
  bar(hub, 'watcher:*', now)
  tellWatchers(turn, [...hub.watchers], nobody(nextVersion(hub, now)))
  turn.effects.push({ do: 'clear' })
  hub.watchers.clear()
  hub.clients.clear()
  Object.assign(hub, {
    acks: [],
    drives: false,
    gone: null,
    lastSeenAt: null,
    lessSince: null,
    state: 'offline',
  })
  Object.assign(hub, { seq: 0, floor: 0, oldestAt: null, alarmAt: null })
  saveHub(turn)
  return finishTurn(turn)
}
