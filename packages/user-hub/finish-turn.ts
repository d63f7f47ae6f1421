import type { Effect } from './effect.ts'
import type { Hub, Turn } from './hub.ts'
import { EVENTS_KEPT_MS, PRESENCE_GRACE_MS, RECOVERABLE_MS, TRIM_MS } from './limits.ts'
import { settlePresence } from './presence.ts'

/** When the hub has something to do by itself, Unix milliseconds; null when nothing is due. */
function nextDue({ members, lessSince, gone, clients, oldestAt }: Hub): number | null {
  const dues: number[] = []
  for (const { expiresAt } of members.values()) if (expiresAt !== null) dues.push(expiresAt)
  if (lessSince !== null) dues.push(lessSince + PRESENCE_GRACE_MS)
  if (gone !== null) dues.push(gone.dueAt)
  for (const { leftAt } of clients.values()) if (leftAt !== null) dues.push(leftAt + RECOVERABLE_MS)
  if (oldestAt !== null) dues.push(oldestAt + EVENTS_KEPT_MS + TRIM_MS)
  return dues.length === 0 ? null : Math.min(...dues)
}

/** What every turn ends with: presence is settled, leftovers go, and the hub is woken for what is due next. */
export function finishTurn(turn: Turn): Effect[] {
  const { hub, effects } = turn
  for (const key of hub.orphans.splice(0)) effects.push({ do: 'remove', key })
  settlePresence(turn)
  const due = nextDue(hub)
  // An alarm that is set too early stays: the early call finds nothing and sets it anew.
  if (due !== null && (hub.alarmAt === null || hub.alarmAt > due)) {
    hub.alarmAt = due
    effects.push({ do: 'alarm', at: due })
  }
  return effects
}
