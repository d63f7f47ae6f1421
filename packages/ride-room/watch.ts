import { z } from 'zod'

/** What the room remembers of the way so far, so that each of its events is raised once. Instants are the device's, Unix ms. */
export const Watch = z.object({
  /** When positions were compared with the plan last. */
  at: z.number().nullable(),
  /** How far along the path the car is, in road metres; null before it was seen anywhere. */
  metres: z.number().nullable(),
  /** Metres between the car and its path. */
  off: z.number(),
  /** Null until the car has been on its route for the first time. */
  offRoute: z.boolean().nullable(),
  /** Where the car stands, since when, and whether that was told. */
  standing: z.object({ lat: z.number(), lng: z.number(), since: z.number(), told: z.boolean() }).nullable(),
  /** Places that the car is near to, since when. */
  near: z.record(z.string(), z.number()),
  /** Places that were reached. */
  reached: z.array(z.string()),
  /** Recent driving, in seconds: what it took, and what the plan says; older seconds count less and less. */
  pace: z.object({ taken: z.number(), planned: z.number() }),
})
export type Watch = z.infer<typeof Watch>

/** Seconds of driving as planned that stand for the time before the first position. */
const PRIOR_SECONDS = 600

/** Before the first position. */
export function newWatch(): Watch {
  return {
    at: null,
    metres: null,
    off: 0,
    offRoute: null,
    standing: null,
    near: {},
    reached: [],
    pace: { taken: PRIOR_SECONDS, planned: PRIOR_SECONDS },
  }
}
