import { cpus, loadavg } from 'node:os'
import { percentile } from '../search/stats.ts'
import { number, table, whole } from '../search/tables.ts'
import type { InSystem } from './in-system.ts'
import { type InWorkerd, REPETITIONS } from './in-workerd.ts'

const WANTED_P95_MS = 10

export interface Results extends InWorkerd {
  towns: number
  requests: InSystem
  /** Of the data in the bundle. */
  bytes: number
  gzipped: number
  /** Of the heap, bytes: with the names as they are spelt, and with their sounds too. */
  memory: { spelled: number; sounded: number }
}

const kibibytes = (bytes: number) => `${number(bytes / 1024)} KiB`
const parts = [0.5, 0.95, 0.99, 1]
const timesOf = (name: string, values: readonly number[]) => [
  name,
  String(values.length),
  ...parts.map((part) => number(percentile(values, part))),
]

/** The page of the results. @param date of the run */
export function writeReport(
  { towns, times, first, requests, bytes, gzipped, memory }: Results,
  date: Date,
): string {
  const all = Object.values(times).flat()
  const p95 = percentile(all, 0.95)
  const [load = Number.NaN] = loadavg()
  return `# Autocomplete among ${whole(towns)} towns of India

${date.toISOString().slice(0, 10)}, \`npm run bench:places\`, on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, Node ${process.versions.node},
with ${number(load)} processes ready to run on average when it ended.

![p95 of the search by what is typed](places.svg)

The p95 of all searches is **${number(p95)} ms** in workerd; wanted were less than ${WANTED_P95_MS} ms: ${p95 < WANTED_P95_MS ? 'it holds' : '**it does not hold**'}. Every
search looks at every name. Milliseconds:

${table(
  ['What is typed', 'searches', 'p50', 'p95', 'p99', 'slowest'],
  [
    ...Object.entries(times).map(([kind, values]) => timesOf(kind, values)),
    timesOf('all', all),
    timesOf('all, as whole requests', requests.searches),
    timesOf('requests that search nothing', requests.others),
  ],
)}

The first search of an isolate, which reads the data, takes ${number(first)} ms; an isolate that never needs it reads nothing. Whole requests
are those of a signed-in person to \`GET /places/autocomplete\`, one after the other, without a key of Google's, in turn with requests to
\`GET /places/details\` that do all the same but search. Most of their time is the stand-in for Redis, in the process that measures.

| What it takes | |
| --- | ---: |
| data in the bundle | ${kibibytes(bytes)}, ${kibibytes(gzipped)} after gzip |
| heap once it was read | ${kibibytes(memory.spelled)} |
| heap once somebody typed letters of India | ${kibibytes(memory.sounded)} |

workerd's clock stands still while it works, so each search is asked ${REPETITIONS} times in one request, and the time of a request that
asks nothing is taken off. The heap is that of Node, which has the same V8.
`
}
