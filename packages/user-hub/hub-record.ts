import { z } from 'zod'
import { presenceStates } from '#packages/protocol/hub-server-frame.ts'

/** A right that was lost, until every pass made before is used or late. */
const Barred = z.object({ key: z.string(), until: z.number() })
export type Barred = z.infer<typeof Barred>

/** What of a connection survives: with its socket, or in storage where a gateway has the socket. */
export const MemberRecord = z.object({
  v: z.literal(1),
  sessionId: z.string(),
  expiresAt: z.number().nullable(),
  pid: z.string().nullable(),
  joinedAt: z.number(),
  away: z.boolean(),
  /** Up to where it has acknowledged. */
  acked: z.number().nullable(),
})
export type MemberRecord = z.infer<typeof MemberRecord>

/** What of a hub goes to storage; instants in Unix milliseconds. */
export const HubRecord = z.object({
  v: z.literal(1),
  /** Up to where the log was forgotten; the last number where nothing is left of it. */
  floor: z.number(),
  /** What watchers were told last. */
  state: z.enum(presenceStates),
  version: z.number(),
  lastSeenAt: z.number().nullable(),
  /** Since when the person is less present than was told. */
  lessSince: z.number().nullable(),
  /** Whether one of the connections is a driver's. */
  drives: z.boolean(),
  /** A driver's devices are all gone since then; until when that is borne. */
  gone: z.object({ since: z.number(), dueAt: z.number() }).nullable(),
  barred: z.array(Barred),
  acks: z.array(z.object({ sessionId: z.string(), seq: z.number() })),
})
export type HubRecord = z.infer<typeof HubRecord>

/** A Socket.IO client that may come back: the rides it follows, and since when it is not connected. */
export const ClientRecord = z.object({
  sessionId: z.string(),
  rides: z.array(z.string()),
  leftAt: z.number().nullable(),
})
export type ClientRecord = z.infer<typeof ClientRecord>

/** The keys under which a hub keeps things; what follows the slash is an id. */
export const HUB_KEY = 'hub'
export const LINK_PREFIX = 'link/'
export const WATCH_PREFIX = 'watch/'
export const WATCHER_PREFIX = 'watcher/'
export const CLIENT_PREFIX = 'client/'
/** When the alarm rings that was set last, so that who wakes need not set it again. */
export const ALARM_KEY = 'alarm'
