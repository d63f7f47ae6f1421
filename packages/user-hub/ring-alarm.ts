import { forgetClients } from './clients.ts'
import type { Effect } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import { type Hub, isCurrent, type Turn } from './hub.ts'
import { dismissMember } from './leave-hub.ts'
import { OFFLINE_RETRY_MS } from './limits.ts'
import { saveHub } from './save-hub.ts'
import { trimLog } from './tell-hub.ts'

/**
 * The alarm's work: closes connections whose pass ran out, tells that somebody stayed away, takes a driver offline who is
 * gone, forgets what is too old. May be called any time.
 */
export function ringAlarm(hub: Hub, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  hub.alarmAt = null
  for (const member of [...hub.members.values()]) {
    if (!isCurrent(member, now)) dismissMember(turn, member, 'pass_expired')
  }
  forgetClients(turn)
  trimLog(turn)
  if (hub.gone !== null && hub.gone.dueAt <= now) {
    turn.effects.push({ do: 'errand', errand: { kind: 'go-offline', since: hub.gone.since } })
    // Once more, unless it is said to be done.
    hub.gone = { ...hub.gone, dueAt: now + OFFLINE_RETRY_MS }
    saveHub(turn)
  }
  return finishTurn(turn)
}

/** A driver who is gone since then is offline. */
export function wentOffline(hub: Hub, since: number, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  if (hub.gone?.since === since) {
    hub.gone = null
    saveHub(turn)
  }
  return finishTurn(turn)
}
