import type { Rate } from '#packages/rates/token-bucket.ts'

/** Positions of the ride's driver; more are dropped. */
export const POSITION_RATE: Rate = { perSecond: 10, burst: 20 }
/** Frames of any kind from one socket; more, sustained for three seconds, close it. */
export const FRAME_RATE: Rate = { perSecond: 60, burst: 180 }
/** Positions handed in at once over REST: what a phone has kept while it had no network. */
export const MAX_BATCH = 300

/** A fix less certain than this says nothing useful about where the car is. */
export const MAX_ACCURACY_METRES = 200
/** A device clock further ahead than this is not believed. */
export const MAX_CLOCK_AHEAD_MS = 30_000
/** A ride under way without a position for this long is stale. */
export const STALE_AFTER_MS = 30_000

/**
 * Positions told to who follows, about one a second: a bit faster than a device that reports each second, and with room
 * for one that comes 0.2 s early, or each of them would wait for its turn.
 */
export const PACE: Rate = { perSecond: 1 / 0.95, burst: 1.25 }
/** A position whose turn has come gives a newer one that is on its way this long to take its place, … */
export const PACE_GRACE_MS = 150
/** … but none waits longer than this. */
export const MAX_WAIT_MS = 1000
/** A timer that would ring this much too early is set anew, so that it does not wake the object in vain. */
export const TIMER_SLACK_MS = 250

/** Sockets in one room; the driver is let in beyond it. */
export const MAX_MEMBERS = 256
/** Sockets that came through share links in one room; they must not keep its people out. */
export const MAX_VIEWERS = 128
/** Sockets of one person in one room; a further one replaces the oldest. */
export const MAX_SOCKETS_PER_USER = 8

/** Events kept in memory for those who resume. */
export const RING_SIZE = 256
/** Sequence numbers reserved in storage at a time while positions stream. */
export const SEQ_BLOCK = 1000
/** What positions change is in storage at most this much later. */
export const SAVE_EVERY_MS = 10_000
/** With the source's socket it is kept at most this much later, and at once with each number, which is about once a second. */
export const KEEP_EVERY_MS = 1_500
/** Without a position for this long nothing streams, and no numbers need to be reserved. */
export const QUIET_MS = 2_000
/** Ids of announced events remembered to ignore repetitions. */
export const MAX_SEEN_EVENTS = 128
/** A pass reaches the room within this time after the access check that made it. */
export const PASS_IN_FLIGHT_MS = 60_000
/** Lost rights remembered for passes in flight. */
export const MAX_BARRED = 256

/** Before a passenger's pickup by this much positions are shown: as early as a driver may start at the first stop. */
export const BOARDS_BEFORE_MS = 60 * 60_000

/** The ride's plan could not be read: it is asked for again after this time. */
export const PLAN_RETRY_MS = 30_000
/** Positions are compared with the plan this often. */
export const WATCH_EVERY_MS = 1_000
/** The car has left its route at the first distance from it, and is back on it at the second. */
export const OFF_ROUTE_METRES = { on: 500, off: 300 }
/** A place is reached by being this near for so long. */
export const REACHED_METRES = 100
export const REACHED_MS = 10_000
/** A car that stays within the first distance for so long, away from its stops, stands; beyond the second it moves again. */
export const STANDING_METRES = { on: 50, off: 100 }
export const LONG_STOP_MS = 10 * 60_000
/** So near to a planned place nobody wonders about a standing car. */
export const PLANNED_STOP_METRES = 200

/** Arrival times are told at most this often, and when they have changed by at least so much. */
export const ETA_EVERY_MS = 15_000
export const ETA_CHANGE_MS = 30_000

/** The trace keeps a position that is this far from the one kept before. */
export const TRACE_EVERY_METRES = 25
/** The line made of it passes every kept position within this distance, unless it would have more points than that. */
export const TRACE_ERROR_METRES = 5
export const MAX_TRACE_POINTS = 2_000
/** No piece of the line is longer, so that the times between its points are right. */
export const MAX_TRACE_PIECE_METRES = 2_000
/** Pauses between attempts to hand the trace over: doubled each time up to the second. */
export const TRACE_RETRY_MS = { first: 30_000, longest: 60 * 60_000 }
