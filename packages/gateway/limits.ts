import { MAX_ASKED_TOGETHER } from '#packages/protocol/gateway-backend.ts'
import type { Rate } from '#packages/rates/token-bucket.ts'
import { PACE, POSITION_RATE } from '#packages/ride-room/limits.ts'
import type { Gathering } from './gather-asks.ts'

/** Rides that one client follows at the same time. Its hub remembers as many. */
export const MAX_RIDES = 16
/** Events of one client that wait until those before them are done. */
export const MAX_WAITING_EVENTS = 64
/** What is said to a socket that is just joining waits; beyond this many frames it is dropped, and joins anew. */
export const MAX_EARLY_FRAMES = 256
/** What many need who come at the same time is asked for together. One call that is slow holds up a part of them only. */
export const ASKS: Gathering = { together: MAX_ASKED_TOGETHER, calls: 4 }
/** Joining the room of one ride: in the order of the calls, so one at a time. */
export const JOINS: Gathering = { together: MAX_ASKED_TOGETHER, calls: 1 }
/** A socket asks this often whether its hub and its rides still know it. */
export const CHECK_EVERY_MS = 15 * 60_000
/** Longest token that is looked at. */
export const MAX_TOKEN_LENGTH = 4096

/**
 * How often the positions of a client go to a ride. A bit stricter than what the room tells, so that what comes from here is
 * told at once, even where one came late and the next did not.
 */
export const HOLD_RATE: Rate = { ...PACE, burst: 1.2 }
/** Once it is their turn they wait this long for one more to go along: a device that reports five a second brings it. */
export const HOLD_GRACE_MS = 210
/** None is held longer: what is left of a second is for the way to the room and on to who follows. */
export const MAX_HOLD_MS = 900
/** Those that are due within so many milliseconds go with one ring of the timer, whatever the number of rides. */
export const HOLD_STEP_MS = 50
/** Positions that go together: as many as the room takes at once. */
export const MAX_TOGETHER = POSITION_RATE.burst
