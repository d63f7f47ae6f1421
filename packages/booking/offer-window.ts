/** Seats of a full ride that came free are held so long for whom waits for them. */
export const OFFER_MS = 15 * 60 * 1000

/** An offer ends at least this long before the departure, so that the seats can still be sold to others. */
export const OFFER_ENDS_BEFORE_MS = 10 * 60 * 1000

/** Nobody can decide in less. */
export const SHORTEST_OFFER_MS = 5 * 60 * 1000

/**
 * Until when seats would be held, Unix milliseconds; null where it is too late to offer any, and waiting is over.
 * All instants Unix milliseconds.
 */
export function offerDeadline(now: number, departsAt: number): number | null {
  const deadline = Math.min(now + OFFER_MS, departsAt - OFFER_ENDS_BEFORE_MS)
  return deadline - now >= SHORTEST_OFFER_MS ? deadline : null
}
