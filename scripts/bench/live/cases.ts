import type { Stream } from './stream-positions.ts'

/** A full collection of V8’s comes every few seconds, so one window tells little, and the median of five does. */
const SECONDS = 6

/** Streams of positions. The first three are at one position a second, so that pacing has nothing to leave out. */
export const streams = {
  fanOut: { title: '20 rooms of 1 × 100, 1 Hz', rooms: 20, viewers: 100, rate: 1, seconds: SECONDS },
  small: { title: '200 rooms of 1 × 5, 1 Hz', rooms: 200, viewers: 5, rate: 1, seconds: SECONDS },
  city: { title: '5,000 people in 1,000 rides, 1 Hz', rooms: 1000, viewers: 4, rate: 1, seconds: SECONDS },
  fast4: { title: '100 rooms of 1 × 4, 5 Hz', rooms: 100, viewers: 4, rate: 5, seconds: SECONDS },
  fast20: { title: '50 rooms of 1 × 20, 5 Hz', rooms: 50, viewers: 20, rate: 5, seconds: SECONDS },
} satisfies Record<string, Stream & { title: string }>

export type StreamId = keyof typeof streams

/** Sockets that say nothing, for memory; and that come back at once after the server has died. */
export const IDLE = { rooms: 1000, viewers: 4 }
/**
 * The same with the object of each person. Half as many: each object keeps three files open, and often no process may
 * have more than 20,000.
 */
export const PEOPLE = { rooms: 500, viewers: 4 }
/** Sockets that say nothing, for alarms. */
export const ALARMS = { rooms: 200, viewers: 4, seconds: 60 }
