/** How often something may happen: `burst` at once, `perSecond` in the long run. */
export interface Rate {
  perSecond: number
  burst: number
}

/** Positions of the ride's driver; more are dropped. */
export const POSITION_RATE: Rate = { perSecond: 10, burst: 20 }
/** Frames of any kind from one socket; more, sustained for three seconds, close it. */
export const FRAME_RATE: Rate = { perSecond: 60, burst: 180 }

/** A fix less certain than this says nothing useful about where the car is. */
export const MAX_ACCURACY_METRES = 200
/** A device clock further ahead than this is not believed. */
export const MAX_CLOCK_AHEAD_MS = 30_000
/** A ride under way without a position for this long is stale. */
export const STALE_AFTER_MS = 30_000

/** Sockets in one room; the driver is let in beyond it. */
export const MAX_MEMBERS = 256
/** Sockets of one person in one room; a further one replaces the oldest. */
export const MAX_SOCKETS_PER_USER = 8

/** Events kept in memory for those who resume. */
export const RING_SIZE = 256
/** Sequence numbers reserved in storage at a time while positions stream. */
export const SEQ_BLOCK = 1000
/** The room is written to storage at most this often because of positions. */
export const SAVE_EVERY_MS = 10_000
/** Ids of announced events remembered to ignore repetitions. */
export const MAX_SEEN_EVENTS = 128
/** A pass reaches the room within this time after the access check that made it. */
export const PASS_IN_FLIGHT_MS = 60_000
/** Lost rights remembered for passes in flight. */
export const MAX_BARRED = 256
