import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import { type Hub, type Member, type Turn } from './hub.ts'
import {
  CLIENT_PREFIX,
  type ClientRecord,
  HUB_KEY,
  type HubRecord,
  LINK_PREFIX,
  type MemberRecord,
  WATCH_PREFIX,
} from './hub-record.ts'

/** Writes what of the hub has no key of its own. */
export function saveHub({ hub, effects }: Turn): void {
  const { floor, state, version, lastSeenAt, lessSince, drives, gone } = hub
  const lists = { barred: [...hub.barred], acks: [...hub.acks] }
  const value: HubRecord = { v: 1, floor, state, version, lastSeenAt, lessSince, drives, gone, ...lists }
  effects.push({ do: 'put', key: HUB_KEY, value })
}

function recordOf({ sessionId, expiresAt, pid, joinedAt, away, acked }: Member): MemberRecord {
  return { v: 1, sessionId, expiresAt, pid, joinedAt, away, acked }
}

/** Keeps a member: with its socket, or in storage where a gateway has the socket. */
export function keepMember({ effects }: Turn, member: Member): void {
  const record = recordOf(member)
  if (isLinkId(member.id)) effects.push({ do: 'put', key: `${LINK_PREFIX}${member.id}`, value: record })
  else effects.push({ do: 'keep', member: member.id, record })
}

/** What is kept of a member in storage goes with it. */
export function dropMember({ effects }: Turn, { id, watching }: Member): void {
  if (isLinkId(id)) effects.push({ do: 'remove', key: `${LINK_PREFIX}${id}` })
  if (watching.length > 0) effects.push({ do: 'remove', key: `${WATCH_PREFIX}${id}` })
}

/** Keeps of whom a member is told, and forgets what was heard of people whom nobody watches any more. */
export function keepWatching({ hub, effects }: Turn, member: Member, watching: readonly string[]): void {
  if (watching.length > 0) effects.push({ do: 'put', key: `${WATCH_PREFIX}${member.id}`, value: watching })
  else if (member.watching.length > 0) effects.push({ do: 'remove', key: `${WATCH_PREFIX}${member.id}` })
  member.watching = watching
  forgetUnwatched(hub)
}

export function forgetUnwatched(hub: Hub): void {
  for (const userId of hub.heard.keys()) {
    const watched = [...hub.members.values()].some(({ watching }) => watching.includes(userId))
    if (!watched) hub.heard.delete(userId)
  }
}

/** Keeps what a Socket.IO client comes back to. */
export function keepClient({ hub, effects }: Turn, pid: string, client: ClientRecord): void {
  // Last in the order of the map: it was used last.
  hub.clients.delete(pid)
  hub.clients.set(pid, client)
  effects.push({ do: 'put', key: `${CLIENT_PREFIX}${pid}`, value: client })
}

export function dropClient({ hub, effects }: Turn, pid: string): void {
  hub.clients.delete(pid)
  effects.push({ do: 'remove', key: `${CLIENT_PREFIX}${pid}` })
}
