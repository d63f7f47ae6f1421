import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { projectPath } from '../../../system/project.ts'
import { type StreamId, streams } from '../cases.ts'
import { table } from '../table.ts'
import { allBuckets } from './buckets.ts'
import { drawShares } from './draw-shares.ts'
import type { Profiled } from './profile-stream.ts'

const percent = (share: number) => `${(share * 100).toFixed(1)} %`
const code = (line: string) => `\`${line.replaceAll('|', '\\|').replaceAll('`', '´')}\``

function streamSection(id: StreamId, profiles: readonly Profiled[]): string {
  const own = profiles.filter((each) => each.id === id)
  const head = ['processor time', ...own.map(({ contestant }) => contestant), 'that is']
  const rows = allBuckets.map(({ name, about }) => [
    name,
    ...own.map(({ shares }) => percent(shares.get(name) ?? 0)),
    about,
  ])
  const sums = [
    [
      'ms per ride-second',
      ...own.map(({ perRideSecond }) => perRideSecond.toFixed(3)),
      'with the profiler looking',
    ],
    ['samples', ...own.map(({ samples }) => samples), ''],
  ]
  const hot = own.map(({ contestant, functions }) => {
    const lines = functions.map(({ place, line, share }) => [percent(share), place, line && code(line)])
    return `Our functions that took most, ${contestant}:\n\n${table(['share', 'function at', ''], lines)}`
  })
  return [`## ${streams[id].title}`, table(head, [...rows, ...sums]), ...hot].join('\n\n')
}

/** The tables and the picture of docs/benchmarks/live-profile.md. */
export function writeProfile(profiles: readonly Profiled[], ids: readonly StreamId[]): void {
  const names = allBuckets.map(({ name }) => name)
  const bars = profiles.map(({ id, contestant, shares }) => ({
    label: `${contestant.replace('Margwa, ', '')}, ${streams[id].rooms} × 1 × ${streams[id].viewers}`,
    parts: names.map((name) => shares.get(name) ?? 0),
  }))
  const drawn = drawShares('Where the processor time of the server goes', names, bars)
  writeFileSync(projectPath('docs/benchmarks/live-profile.svg'), drawn)
  const text = `# Live: where the processor time goes

![Shares of processor time](live-profile.svg)

Eight seconds of each stream, once everything is warm. Every sample counts for one row: its stack is searched from the innermost
frame outwards, and the first that belongs to a row decides, so that the shares add up. A function of ours has with it what V8
does for it, and not what the runtime does; it is named by where it begins in the source.

${ids.map((id) => streamSection(id, profiles)).join('\n\n')}

\`npm run profile:live\`, ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}.
`
  writeFileSync(projectPath('docs/benchmarks/live-profile.md'), text)
}
