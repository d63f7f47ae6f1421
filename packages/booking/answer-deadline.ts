/** A driver has this long to answer a request. */
export const ANSWER_MS = 3 * 60 * 60 * 1000

/** The instant, Unix milliseconds, at which an unanswered request expires: never past the departure. */
export function answerDeadline(now: number, departsAt: number): number {
  return Math.min(now + ANSWER_MS, departsAt)
}
