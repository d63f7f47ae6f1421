import { createInterface } from 'node:readline'

/** Lines by which a process under measurement and its parent understand each other. */
export const READY = 'ready'
export const RUNS = 20

/** The median of times in milliseconds. */
export function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? Number.NaN
}

/**
 * What a process under measurement does: says that it is ready, waits for a line, does the work RUNS times one after
 * the other, writes the times, and waits for its end, so that its memory can be read before and after.
 */
export async function runCase(work: () => Promise<unknown>): Promise<void> {
  const orders = createInterface({ input: process.stdin })
  console.log(READY)
  await new Promise((resolve) => orders.once('line', resolve))
  const times: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  console.log(JSON.stringify(times))
  await new Promise((resolve) => orders.once('close', resolve))
}
