import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { projectPath } from '../../system/project.ts'
import { drawBars } from '../plots/draw-bars.ts'
import { type StreamId, streams } from './cases.ts'
import type { PeopleSummary, Summary } from './summarize.ts'
import { table } from './table.ts'
import type { Target } from './targets.ts'

const STREAM_HEAD = [
  'server',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'longest wait ms',
  'lost',
  'delivered',
  'CPU µs per delivery',
  'CPU ms per ride-second',
]

function streamTable(id: StreamId, summaries: readonly Summary[], nameOf: (each: Summary) => string): string {
  const rows = summaries.map((each) => {
    const { p50, p95, p99, oldest, lost, delivered, perDelivery, perRideSecond } = each[id]
    const [fast, slow] = [[p50, p95, p99].map((ms) => ms.toFixed(1)), oldest.toFixed(0)]
    return [nameOf(each), ...fast, slow, lost, delivered, perDelivery.toFixed(1), perRideSecond.toFixed(3)]
  })
  return `### ${streams[id].title}\n\n${table(STREAM_HEAD, rows)}`
}

/** The tables and pictures that the documents show. */
export function writeReport(
  summaries: readonly Summary[],
  targets: readonly Target[],
  nameOf: (each: Summary) => string,
  { runs, alarms, people }: { runs: number; alarms: string; people: readonly PeopleSummary[] },
): void {
  const draw = (file: string, title: string, value: (each: Summary) => number, unit: string) =>
    writeFileSync(
      projectPath(`docs/benchmarks/${file}.svg`),
      drawBars(
        title,
        summaries.map((each) => ({
          label: nameOf(each),
          value: value(each),
          text: `${value(each).toFixed(2)} ${unit}`,
        })),
      ),
    )
  draw('live-fan-out', 'CPU per delivery, 1 × 100', (each) => each.fanOut.perDelivery, 'µs')
  draw(
    'live-fast',
    'CPU per second of a ride, 5 positions a second, 20 viewers',
    (each) => each.fast20.perRideSecond,
    'ms',
  )
  const ids = Object.keys(streams).filter((id): id is StreamId => id in streams)
  const judged = targets.map(({ what, wanted, value, met }) => [
    what,
    wanted,
    value.toFixed(2),
    met ? 'met' : '**missed**',
  ])
  const idle = summaries.map((each) => [nameOf(each), each.kilobytes.toFixed(1), Math.round(each.backMs)])
  const crowd = people.map(({ name, kilobytes, newMs, backMs }) => [
    name,
    kilobytes.toFixed(1),
    Math.round(newMs),
    Math.round(backMs),
  ])
  const text = `# Live: positions to viewers

![CPU per delivery](live-fan-out.svg)

![CPU per second of a ride](live-fast.svg)

Servers on one core, the load on another, all in the same run; medians of ${runs} runs (“longest wait” and “lost” are the worst of
them). Processor time is that of the server process. Node socket.io checks a position with the code of our room; the raw relay and
\`ws\` look at nothing. Our rooms tell viewers about one position a second, so streams at 5 Hz send fewer frames.

## What was wanted

${table(['ratio', 'wanted', 'measured', ''], judged)}

## Streams

${ids.map((id) => streamTable(id, summaries, nameOf)).join('\n\n')}

## Silent sockets

${table(['server', 'kB per socket', '5,000 back after a restart, ms'], idle)}

${alarms}

After the restart everybody comes at once and in no order, 512 of them connecting at any time.

## With the objects of 2,500 people

${table(['server', 'kB per socket', '2,500 new ones, ms', 'back after a restart, ms'], crowd)}

500 rides; each person has the hub that above is left out. Who comes back to ours shows that it was here and hears of its ride; with Node it
joins again. No target is judged by these.

\`npm run bench:live\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}.
`
  writeFileSync(projectPath('docs/benchmarks/live.md'), text)
}
