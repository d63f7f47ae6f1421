import type { SharedRow } from '#db/queries/share-links/load-shared.ts'
import { boardsFrom } from '#packages/ride-room/pass-for.ts'

/**
 * Whether a link shows where the car is: no earlier than the ride itself shows it to who made the link.
 * @param now Unix milliseconds
 */
export function seesCar({ ride }: Pick<SharedRow, 'ride'>, now: number): boolean {
  const pickupAt = ride?.dropoff?.pickupAt ?? null
  return pickupAt === null || now >= boardsFrom(pickupAt)
}
