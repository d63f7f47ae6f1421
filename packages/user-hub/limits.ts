import type { Rate } from '#packages/rates/token-bucket.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Connections of one person; a further one replaces the oldest. */
export const MAX_SOCKETS_PER_USER = 8
/** Frames of any kind from one connection; more, sustained for some seconds, close it. */
export const FRAME_RATE: Rate = { perSecond: 10, burst: 60 }
/** Of those, the ones that others are told of, `chat:typing` and `away`; more are dropped. */
export const SIGN_RATE: Rate = { perSecond: 1, burst: 6 }
/** Of those, the ones that ask the database; more are refused. */
export const WATCH_RATE: Rate = { perSecond: 0.2, burst: 10 }

/** Events kept for those who come back, and how long. Within it an event that comes again is known. */
export const MAX_EVENTS = 256
export const EVENTS_KEPT_MS = 7 * DAY_MS
/** Old events go when this many are too many, or one is this much too old: not each for itself. */
export const TRIM_EVENTS = 64
export const TRIM_MS = DAY_MS
/** Sessions whose last acknowledged number is remembered while they are not connected. */
export const MAX_ACKS = 32

/** A pass reaches the hub within this time after the check that made it. */
export const PASS_IN_FLIGHT_MS = MINUTE_MS
/** Lost rights remembered for passes in flight. */
export const MAX_BARRED = 64

/** Who goes away is told of after this long, so that a connection that comes back at once does not blink. */
export const PRESENCE_GRACE_MS = 10_000
/** People who are told when one person comes and goes; the one who began first makes place. */
export const MAX_WATCHERS = 500

/** A driver whose devices are all gone for this long is offline. */
export const DRIVER_GONE_MS = 10 * MINUTE_MS
/** When that could not be written, it is tried again after this long. */
export const OFFLINE_RETRY_MS = MINUTE_MS

/** Socket.IO clients of one person that may come back, for how long, and the rides that one of them follows. */
export const MAX_RECOVERABLE = 16
export const RECOVERABLE_MS = DAY_MS
export const MAX_FOLLOWED = 16

/** How long it is remembered who takes part in a conversation, and of how many conversations. */
export const CONVERSATION_KNOWN_MS = MINUTE_MS
export const MAX_CONVERSATIONS = 32
/** What is to be passed on while the database is slow; more is dropped. */
export const MAX_WAITING_TYPINGS = 16
