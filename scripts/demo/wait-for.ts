import { setTimeout } from 'node:timers/promises'
import { StoryError } from './screen.ts'

const PATIENCE_MS = 10_000
const EVERY_MS = 50

/** Reads again and again until what is read is as wanted. */
export async function waitFor<Result>(
  read: () => Promise<Result>,
  isWanted: (result: Result) => boolean,
  what: string,
): Promise<Result> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    const result = await read()
    if (isWanted(result)) return result
    await setTimeout(EVERY_MS)
  }
  throw new StoryError(`${what} did not happen within ${PATIENCE_MS / 1000} s`)
}
