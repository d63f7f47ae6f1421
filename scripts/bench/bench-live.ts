import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { bundleWorker } from '../system/bundle-worker.ts'
import { countAlarms } from './live/count-alarms.ts'
import { type Measured, measureLive } from './live/measure-live.ts'
import { measurePeople } from './live/measure-people.ts'
import { type ContestantId, contestants, withPeople } from './live/servers.ts'
import { type PeopleSummary, summarize, summarizePeople } from './live/summarize.ts'
import { judge } from './live/targets.ts'
import { WORKER_CONFIG } from './live/workerd-command.ts'
import { writeReport } from './live/write-report.ts'

/** What live positions cost, beside the limit of the runtime and beside Node. Run pinned to a core: the servers have the other. */
const RUNS = Number(process.env['BENCH_RUNS'] ?? 5)
const FIRST_PORT = 4200

const folder = mkdtempSync(join(tmpdir(), 'margwa-live-'))
let port = FIRST_PORT
const ports = () => port++
try {
  const bundle = await bundleWorker('dist/bench-live', WORKER_CONFIG)
  const all = contestants(bundle, folder)
  const ids = Object.keys(all).filter((id): id is ContestantId => id in all)
  const measured: Measured[] = []
  const people: PeopleSummary[] = []
  for (let run = 1; run <= RUNS; run++) {
    for (const contestant of ids) {
      const say = (what: string) => console.log(`run ${run}/${RUNS} · ${all[contestant].name} · ${what}`)
      measured.push({ run, contestant, ...(await measureLive(all[contestant], ports, say)) })
    }
    for (const contestant of withPeople(bundle, folder)) {
      console.log(`run ${run}/${RUNS} · ${contestant.name} · 2,500 people with their objects`)
      people.push({ name: contestant.name, ...(await measurePeople(contestant, ports())) })
    }
  }
  const alarms = await countAlarms([all.native, all.socketio], ports)
  const summaries = ids.map((id) => summarize(measured, id))
  const targets = judge(summaries)
  console.table(targets)
  writeReport(summaries, targets, ({ contestant }) => all[contestant].name, {
    runs: RUNS,
    alarms,
    people: summarizePeople(people),
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)
