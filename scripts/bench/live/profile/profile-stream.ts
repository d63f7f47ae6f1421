import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type StreamId, streams } from '../cases.ts'
import { Server } from '../run-server.ts'
import type { Contestant } from '../servers.ts'
import { streamPositions } from '../stream-positions.ts'
import { keepLatestNames } from './latest-names.ts'
import { recordStacks, stacksIn } from './record-stacks.ts'
import type { SourceNames } from './source-names.ts'
import { type Profile, tally } from './tally.ts'

const PROFILED_SECONDS = 8
/** perf takes a moment to begin. */
const STREAMED_SECONDS = PROFILED_SECONDS + 2

/** With this V8 writes the names of what it compiles to where perf looks for them. */
export const NAMES_FOR_PERF = '--perf-basic-prof'
const namesOf = (pid: number) => `/tmp/perf-${pid}.map`

/** What a stream of profiled positions showed. */
export interface Profiled extends Profile {
  id: StreamId
  contestant: string
  /** Milliseconds of processor time per second of one ride, with the profiler looking. */
  perRideSecond: number
}

/** Looks at a server for eight seconds of a stream, once V8 has compiled what is hot. */
export async function profileStream(
  { name, connect, command }: Contestant,
  id: StreamId,
  port: number,
  names: SourceNames,
): Promise<Profiled> {
  const folder = mkdtempSync(join(tmpdir(), 'margwa-profile-'))
  const stacks = join(folder, 'stacks')
  const stream = { ...streams[id], seconds: STREAMED_SECONDS }
  const written: string[] = [folder]
  try {
    const { compiled, cpuSeconds } = await Server.use(command(port), port, async (server) => {
      const pid = server.pid()
      written.push(namesOf(pid))
      const recorded = Promise.withResolvers<void>()
      const streamed = await streamPositions(connect, server, stream, () => {
        recordStacks(pid, PROFILED_SECONDS, stacks).then(recorded.resolve, recorded.reject)
      })
      await recorded.promise
      return { compiled: namesOf(pid), cpuSeconds: streamed.cpuSeconds }
    })
    // Only now does V8 write no more.
    keepLatestNames(compiled)
    const profile = await tally(stacksIn(stacks), names)
    const perRideSecond = (cpuSeconds / stream.rooms / stream.seconds) * 1e3
    return { id, contestant: name, perRideSecond, ...profile }
  } finally {
    for (const path of written) rmSync(path, { recursive: true, force: true })
  }
}
