import type { Effect } from './effect.ts'
import { finishTurn } from './finish-turn.ts'
import type { Hub, Turn } from './hub.ts'
import { MAX_FOLLOWED, MAX_RECOVERABLE, RECOVERABLE_MS } from './limits.ts'
import { dropClient, keepClient } from './save-hub.ts'

/** Takes up a Socket.IO client that comes, or comes back. The ones who went first make place. */
export function takeUpClient(turn: Turn, pid: string, sessionId: string): void {
  const { clients } = turn.hub
  forgetClients(turn)
  keepClient(turn, pid, { rides: clients.get(pid)?.rides ?? [], sessionId, leftAt: null })
  const gone = [...clients].filter(([, { leftAt }]) => leftAt !== null)
  for (const [other] of gone.slice(0, Math.max(0, clients.size - MAX_RECOVERABLE))) dropClient(turn, other)
}

/** Forgets the clients that stayed away. */
export function forgetClients(turn: Turn): void {
  for (const [pid, { leftAt }] of turn.hub.clients) {
    if (leftAt !== null && turn.now - leftAt >= RECOVERABLE_MS) dropClient(turn, pid)
  }
}

/** Remembers which rides a client follows. */
export function followRides(hub: Hub, pid: string, rideIds: readonly string[], now: number): Effect[] {
  const turn: Turn = { hub, now, effects: [] }
  const client = hub.clients.get(pid)
  if (client) keepClient(turn, pid, { ...client, rides: [...new Set(rideIds)].slice(0, MAX_FOLLOWED) })
  return finishTurn(turn)
}
