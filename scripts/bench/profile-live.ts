import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bundleWorker } from '../system/bundle-worker.ts'
import { NAMES_FOR_PERF, type Profiled, profileStream } from './live/profile/profile-stream.ts'
import { whyNoPerf } from './live/profile/record-stacks.ts'
import { SourceNames } from './live/profile/source-names.ts'
import { writeProfile } from './live/profile/write-profile.ts'
import { contestants } from './live/servers.ts'
import { WORKER_CONFIG } from './live/workerd-command.ts'

/** Where the processor time of live positions goes. Run pinned to a core: the servers have the other. */
const FIRST_PORT = 4300
/** One that is mostly receiving, one that is mostly sending. */
const STREAMS = ['fast4', 'fanOut'] as const

const obstacle = whyNoPerf()
if (obstacle !== null) {
  console.error(obstacle)
  process.exit(1)
}
const folder = mkdtempSync(join(tmpdir(), 'margwa-live-'))
try {
  const bundle = await bundleWorker('dist/profile-live', WORKER_CONFIG)
  const names = new SourceNames(bundle)
  const { socketio, native } = contestants(bundle, folder, { v8Flags: [NAMES_FOR_PERF] })
  const profiles: Profiled[] = []
  for (const id of STREAMS) {
    for (const contestant of [socketio, native]) {
      console.log(`${contestant.name} · ${id}`)
      profiles.push(await profileStream(contestant, id, FIRST_PORT + profiles.length, names))
    }
  }
  writeProfile(profiles, STREAMS)
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
