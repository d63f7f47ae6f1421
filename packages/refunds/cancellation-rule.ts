import { z } from 'zod'

/**
 * What a version of the cancellation policy says: the column `rule` of `cancellation_policies`. A booking keeps the
 * version it was made under, so a new field has to be optional, and mean what was so without it.
 */
export const CancellationRule = z.strictObject({
  /** More than so many seconds before their own pickup a passenger gets the whole fare back. */
  freeSecondsBefore: z.int().min(0),
  /** The share of the fare that comes back after that, from 0 to 1. */
  lateShare: z.number().min(0).max(1),
  /** The most of the fare that is then kept, minor units: "10 % of the fare, at most ₹100". */
  lateKeptAtMost: z.int().min(0).optional(),
})
export type CancellationRule = z.infer<typeof CancellationRule>
