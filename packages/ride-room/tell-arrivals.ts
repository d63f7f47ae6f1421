import { type ArrivalTimes, etaFor, presentEta } from './estimate-arrival.ts'
import { ETA_CHANGE_MS, ETA_EVERY_MS } from './limits.ts'
import { hears, type Member, type Turn } from './room.ts'
import { informed } from './tell.ts'

function hasMoved(before: number | null, after: number | null): boolean {
  if (before === null || after === null) return before !== after
  return Math.abs(after - before) >= ETA_CHANGE_MS
}

function isNews(before: ArrivalTimes | undefined, after: ArrivalTimes): boolean {
  return !before || hasMoved(before.pickupAt, after.pickupAt) || hasMoved(before.arrivesAt, after.arrivesAt)
}

/** Who is told the same: a passenger on all sockets, everybody else together. */
const keyOf = ({ role, userId, bookingId }: Member): string =>
  role === 'passenger' ? (bookingId ?? userId) : 'ride'

/** Tells everyone whose arrival time has changed, now and then. Each passenger hears their own and no other. */
export function tellArrivals({ room, now, effects }: Turn): void {
  const pause = room.etaAt === null ? Number.POSITIVE_INFINITY : now - room.etaAt
  if (room.plan === null || (pause >= 0 && pause < ETA_EVERY_MS)) return
  room.etaAt = now
  const listeners = [...room.members.values()].filter((member) => hears(member, informed, now))
  for (const [key, members] of Map.groupBy(listeners, keyOf)) {
    const [first] = members
    const eta = first ? etaFor(room, first, now) : null
    if (eta === null || !isNews(room.etaTold.get(key), eta)) continue
    room.etaTold.set(key, eta)
    const frame = JSON.stringify({ type: 'eta', ...presentEta(eta), at: new Date(now).toISOString() })
    effects.push({ do: 'send', to: members.map(({ id }) => id), frame, latest: `eta:${key}` })
  }
}
