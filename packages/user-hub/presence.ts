import type { Presence } from '#packages/protocol/hub-calls.ts'
import { type PresenceFrame, type PresenceState, presenceStates } from '#packages/protocol/hub-server-frame.ts'
import { type Hub, isCurrent, type Turn } from './hub.ts'
import { DRIVER_GONE_MS, PRESENCE_GRACE_MS } from './limits.ts'
import { saveHub } from './save-hub.ts'

/** Where the person is, from their connections. */
function stateNow({ members }: Hub, now: number): PresenceState {
  const here = [...members.values()].filter((member) => isCurrent(member, now))
  if (here.length === 0) return 'offline'
  return here.every(({ away }) => away) ? 'away' : 'online'
}

/** What others may know. */
export function presenceOf({ state, lastSeenAt, version }: Hub): Presence {
  return { state, lastSeenAt: state === 'online' ? null : lastSeenAt, version }
}

/** What is said of who was never there, and of who does not want to be seen. */
export function nobody(version: number): Presence {
  return { state: 'offline', lastSeenAt: null, version }
}

export function presenceFrame(userId: string, { state, lastSeenAt }: Presence): PresenceFrame {
  const at = lastSeenAt === null ? null : new Date(lastSeenAt).toISOString()
  return { type: 'presence', userId, state, lastSeenAt: at }
}

/** A number above all that were given before, also by a hub that has forgotten them. */
export function nextVersion(hub: Hub, now: number): number {
  hub.version = Math.max(now, hub.version + 1)
  return hub.version
}

const rank = (state: PresenceState) => presenceStates.indexOf(state)

/** Notes that a driver's devices are all gone, or that one is back. */
function noteGone(hub: Hub, now: number, isGone: boolean): void {
  if (!isGone) hub.gone = null
  else if (hub.drives) {
    hub.gone = { since: now, dueAt: now + DRIVER_GONE_MS }
    hub.drives = false
  }
}

/**
 * Compares where the person is with what watchers know: more is told at once, less only when it has lasted. Called at the end
 * of every turn, so what was missed while the object was down is noticed with the next.
 */
export function settlePresence(turn: Turn): void {
  const { hub, now } = turn
  const before = JSON.stringify([hub.state, hub.lessSince, hub.gone, hub.drives])
  const state = stateNow(hub, now)
  noteGone(hub, now, state === 'offline')
  if (rank(state) >= rank(hub.state)) hub.lessSince = null
  else hub.lessSince ??= now
  const lasted = hub.lessSince === null || now - hub.lessSince >= PRESENCE_GRACE_MS
  if (state !== hub.state && lasted) {
    hub.state = state
    if (state !== 'online') hub.lastSeenAt = hub.lessSince ?? now
    hub.lessSince = null
    nextVersion(hub, now)
    tellWatchers(turn, [...hub.watchers], presenceOf(hub))
  }
  if (before !== JSON.stringify([hub.state, hub.lessSince, hub.gone, hub.drives])) saveHub(turn)
}

/** Has the hubs of watchers told. */
export function tellWatchers({ effects }: Turn, to: readonly string[], presence: Presence): void {
  if (to.length > 0) effects.push({ do: 'errand', errand: { kind: 'tell-watchers', to, presence } })
}
