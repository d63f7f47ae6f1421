import type { Presence } from '#packages/protocol/hub-calls.ts'
import { bar, isBarred } from './bar.ts'
import type { Effect } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Turn } from './hub.ts'
import { WATCHER_PREFIX } from './hub-record.ts'
import { MAX_WATCHERS } from './limits.ts'
import { nextVersion, nobody, presenceOf, tellWatchers } from './presence.ts'
import { saveHub } from './save-hub.ts'

function dropWatcher({ hub, effects }: Turn, userId: string): void {
  if (hub.watchers.delete(userId)) effects.push({ do: 'remove', key: `${WATCHER_PREFIX}${userId}` })
}

/** Somebody who may watches this person from now on. Returns where the person is. */
export function addWatcher(
  hub: Hub,
  watcherId: string,
  now: number,
): { presence: Presence; effects: Effect[] } {
  const turn: Turn = { hub, now, effects: [] }
  if (isBarred(hub, 'watcher:*', now) || isBarred(hub, `watcher:${watcherId}`, now)) {
    return { presence: nobody(nextVersion(hub, now)), effects: finishTurn(turn) }
  }
  if (!hub.watchers.has(watcherId)) {
    const [first] = hub.watchers
    if (hub.watchers.size >= MAX_WATCHERS && first !== undefined) dropWatcher(turn, first)
    hub.watchers.add(watcherId)
    turn.effects.push({ do: 'put', key: `${WATCHER_PREFIX}${watcherId}`, value: 1 })
  }
  const effects = finishTurn(turn)
  return { presence: presenceOf(hub), effects }
}

/** These people do not watch any more. */
export function dropWatchers(hub: Hub, userIds: readonly string[], now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  for (const userId of userIds) dropWatcher(turn, userId)
  return finishTurn(turn)
}

/** Shows the person's presence no longer: to these, or to nobody. They hear what they would hear of who was never there. */
export function hidePresence(hub: Hub, from: readonly string[] | 'all', now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const hidden = from === 'all' ? [...hub.watchers] : from.filter((userId) => hub.watchers.has(userId))
  for (const userId of from === 'all' ? ['*'] : from) bar(hub, `watcher:${userId}`, now)
  tellWatchers(turn, hidden, nobody(nextVersion(hub, now)))
  for (const userId of hidden) dropWatcher(turn, userId)
  saveHub(turn)
  return finishTurn(turn)
}
