import { z } from 'zod'
import type { MemberId } from './effect.ts'
import type { EventLog } from './event-log.ts'
import { type Hub, memberOf } from './hub.ts'
import {
  ALARM_KEY,
  CLIENT_PREFIX,
  ClientRecord,
  HUB_KEY,
  HubRecord,
  LINK_PREFIX,
  MemberRecord,
  WATCH_PREFIX,
  WATCHER_PREFIX,
} from './hub-record.ts'

const nothing: Omit<HubRecord, 'v'> = {
  floor: 0,
  state: 'offline',
  version: 0,
  lastSeenAt: null,
  lessSince: null,
  drives: false,
  gone: null,
  barred: [],
  acks: [],
}

const Watching = z.array(z.string())
const Instant = z.number()

/**
 * A hub from what survived: what its storage holds, by key, its log and the records of the sockets still open; all empty
 * for a new hub.
 */
export function createHub(
  userId: string,
  stored: Iterable<readonly [string, unknown]>,
  log: EventLog,
  sockets: Iterable<readonly [MemberId, MemberRecord]>,
  now: number,
): Hub {
  const entries = [...stored]
  const under = (prefix: string) =>
    entries.flatMap(([key, value]) =>
      key.startsWith(prefix) ? [{ key, id: key.slice(prefix.length), value }] : [],
    )
  const { data: record } = HubRecord.safeParse(entries.find(([key]) => key === HUB_KEY)?.[1])
  const { data: alarmAt = now } = Instant.safeParse(entries.find(([key]) => key === ALARM_KEY)?.[1])
  const { newest, floor, oldestAt } = log.bounds()
  const seq = Math.max(newest, record?.floor ?? 0)
  const hub: Hub = {
    ...nothing,
    ...record,
    ...{ userId, log, seq, floor: oldestAt === null ? seq : floor, oldestAt },
    members: new Map(),
    watchers: new Set(under(WATCHER_PREFIX).map(({ id }) => id)),
    clients: new Map(),
    delivered: 0,
    heard: new Map(),
    // One that has rung, or should have, is none.
    alarmAt: alarmAt > now ? alarmAt : null,
    lastJoinedAt: 0,
    orphans: [],
  }
  for (const { id, value } of under(CLIENT_PREFIX)) {
    const { data: client } = ClientRecord.safeParse(value)
    if (client) hub.clients.set(id, client)
  }
  const links = under(LINK_PREFIX).flatMap(({ id, value }) => {
    const { data: link } = MemberRecord.safeParse(value)
    return link ? [[id, link] as const] : []
  })
  for (const [id, member] of [...sockets, ...links]) {
    hub.members.set(id, memberOf(id, member, now))
    hub.lastJoinedAt = Math.max(hub.lastJoinedAt, member.joinedAt)
  }
  for (const { key, id, value } of under(WATCH_PREFIX)) {
    const member = hub.members.get(id)
    const { data: watching } = Watching.safeParse(value)
    if (!member || !watching) hub.orphans.push(key)
    else Object.assign(member, { watching, wanted: watching })
  }
  return hub
}
