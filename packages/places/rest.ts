import { PlacesError } from './places-error.ts'

/** So many failures in a row, and nobody waits for whoever failed for so long. */
export const FAILURES_BEFORE_REST = 3
export const REST_MS = 10_000

export interface RestOptions {
  /** False: nobody is there to be asked. */
  isKnown: boolean
  /** Unix ms. */
  clock: () => number
  onFallback: (reason: unknown) => void
}

/**
 * Asks somebody who may fail; undefined: there was no answer. After some failures in a row they are left in peace for a while, and
 * after that one more failure is enough. Requests refused for what is in them do not count, or a caller could stop it for all.
 */
export function askUntilItFails({ isKnown, clock, onFallback }: RestOptions) {
  let failures = 0
  let restsUntil = 0
  return async <Answer>(question: () => Promise<Answer>): Promise<{ answer: Answer } | undefined> => {
    if (!isKnown || clock() < restsUntil) return undefined
    try {
      const answer = await question()
      failures = 0
      return { answer }
    } catch (reason) {
      onFallback(reason)
      if (reason instanceof PlacesError && reason.ofRequest) return undefined
      failures += 1
      if (failures >= FAILURES_BEFORE_REST) restsUntil = clock() + REST_MS
      return undefined
    }
  }
}
