import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { readStacks, type Sample } from './read-stacks.ts'

/** How often a second a running thread is looked at. A prime, so that it does not keep step with what happens in rounds. */
const HERTZ = 4999

/** Why nothing can be profiled here, and what to do about it; null where it can. */
export function whyNoPerf(): string | null {
  const { error } = spawnSync('perf', ['--version'])
  return error ? 'perf is not here: on Debian it comes with `apt install linux-perf`' : null
}

/** Samples the stacks of a process for some time; resolves when they are in the file. */
export async function recordStacks(pid: number, seconds: number, file: string): Promise<void> {
  const wanted = ['-g', '-F', String(HERTZ), '-o', file, '-p', String(pid)]
  const recording = spawn('perf', ['record', ...wanted, '--', 'sleep', String(seconds)], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let complaint = ''
  recording.stderr.on('data', (data: Buffer) => (complaint += data.toString()))
  await ended(recording, () => `perf cannot record (root may, or kernel.perf_event_paranoid ≤ 1): ${complaint}`)
}

/** What was sampled, one after the other: as text it is many times the size of the file. */
export async function* stacksIn(file: string): AsyncGenerator<Sample> {
  const reading = spawn('perf', ['script', '-i', file, '-F', 'comm,ip,sym'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const end = ended(reading, () => 'perf cannot read what it has recorded')
  yield* readStacks(createInterface({ input: reading.stdout }))
  await end
}

async function ended(process: ChildProcess, complaint: () => string): Promise<void> {
  await once(process, 'close')
  if (process.exitCode !== 0) throw new Error(complaint())
}
