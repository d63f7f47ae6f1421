import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import type { Effect } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Turn } from './hub.ts'
import { EVENTS_KEPT_MS, MAX_EVENTS, TRIM_EVENTS, TRIM_MS } from './limits.ts'
import { saveHub } from './save-hub.ts'
import { sayTo } from './say.ts'

/** Keeps an event and tells it to every device, encoded once. */
function tell(turn: Turn, event: UserEvent): void {
  const { hub, now, effects } = turn
  hub.seq += 1
  hub.oldestAt ??= now
  const frame = JSON.stringify({ ...event, seq: hub.seq })
  const about = event.type === 'chat:message' ? event.message.id : null
  effects.push({ do: 'append', event: { seq: hub.seq, id: event.id, at: now, about, frame } })
  if (event.type === 'chat:deleted') effects.push({ do: 'erase', about: event.messageId })
  sayTo(turn, hub.members.values(), frame)
}

/** Forgets events that are too many or too old. */
export function trimLog(turn: Turn): void {
  const { hub, now, effects } = turn
  const tooMany = hub.seq - hub.floor > MAX_EVENTS + TRIM_EVENTS ? hub.seq - MAX_EVENTS : 0
  const isOld = hub.oldestAt !== null && now - hub.oldestAt >= EVENTS_KEPT_MS + TRIM_MS
  const tooOld = isOld ? hub.log.newestBefore(now - EVENTS_KEPT_MS) : 0
  const upTo = Math.max(tooMany, tooOld)
  if (upTo <= hub.floor) return
  hub.floor = upTo
  // What this turn appends is not in the log yet.
  hub.oldestAt = hub.seq > upTo ? (hub.log.oldestAfter(upTo) ?? now) : null
  effects.push({ do: 'trim', upTo })
  saveHub(turn)
}

/** Takes in events. One that comes again is ignored, as long as the log has it. */
export function tellHub(hub: Hub, events: readonly UserEvent[], now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const taken = new Set<string>()
  for (const event of events) {
    if (taken.has(event.id) || hub.log.has(event.id)) continue
    taken.add(event.id)
    tell(turn, event)
  }
  trimLog(turn)
  return finishTurn(turn)
}

/** Tells every device that is connected, and nobody later. */
export function passOn(hub: Hub, frame: FleetingFrame, now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  sayTo(turn, hub.members.values(), frame)
  return finishTurn(turn)
}
