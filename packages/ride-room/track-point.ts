import { z } from 'zod'

/** A position of the trace: the room's number when it came, the device's time (Unix milliseconds), degrees. */
export const TrackPoint = z.tuple([z.int(), z.number(), z.number(), z.number()])
export type TrackPoint = z.infer<typeof TrackPoint>

/** A batch of them as one piece of text, for storage. */
export function writeTrack(points: readonly TrackPoint[]): string {
  return JSON.stringify(points)
}

/** What `writeTrack` has written. */
export function readTrack(text: string): TrackPoint[] {
  return z.array(TrackPoint).parse(JSON.parse(text))
}
