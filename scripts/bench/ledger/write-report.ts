import { cpus, loadavg, totalmem } from 'node:os'
import { drawBars } from '../plots/draw-bars.ts'
import { percentile } from '../search/stats.ts'
import { number, table, whole } from '../search/tables.ts'
import type { Posting } from './measure-posting.ts'
import type { Read } from './measure-reads.ts'

/** One run of the nightly audit. */
export interface Audit {
  seconds: number
  differences: number
  statements: number
  /** Milliseconds. */
  slowest: number
}

export interface Results {
  entries: number
  bookings: number
  drivers: number
  /** Entries in the busiest driver's wallet. */
  busiest: number
  reads: readonly Read[]
  postings: readonly Posting[]
  audit: Audit
  version: string
  settings: readonly string[]
}

const platformNames = { sums: 'sums of entries (ours)', kept: 'kept, as people’s are' } as const
const perSecond = ({ milliseconds, seconds }: Posting) => milliseconds.length / seconds
const median = ({ milliseconds }: Pick<Read, 'milliseconds'>) => percentile(milliseconds, 0.5)

/** How long reading takes, the median of each. */
export const drawReads = ({ reads, entries }: Results): string =>
  drawBars(
    `Reading the books among ${whole(entries)} entries, median`,
    reads.map((read) => ({
      label: `${read.name}${read.whose === 'the busiest driver' ? ', busiest' : ''}`,
      value: median(read),
      text: `${number(median(read))} ms`,
    })),
  )

/** The page of the results. @param date of the run */
export function writeReport(results: Results, date: Date): string {
  const { entries, reads, postings, audit, drivers, bookings, busiest } = results
  const rate = (platform: Posting['platform'], atOnce: number) =>
    postings.filter((one) => one.platform === platform && one.atOnce === atOnce).map(perSecond)[0] ?? Number.NaN
  const readOf = (name: string, whose: string) => {
    const found = reads.find((one) => one.name === name && one.whose === whose)
    return found ? median(found) : Number.NaN
  }
  const [load = Number.NaN] = loadavg()
  return `# The ledger at ${whole(entries)} entries

${date.toISOString().slice(0, 10)}, \`npm run bench:ledger\`, on ${cpus().length} cores of ${cpus()[0]?.model.trim() ?? 'an unknown processor'} with ${number(totalmem() / 2 ** 30)} GB,
${number(load)} processes ready to run on average when it ended; ${results.version} (${results.settings.join(', ')}), on the same machine.

![Reading the books](ledger.svg)

The books of a year: ${whole(bookings)} bookings that were paid, driven and settled by ${whole(drivers)} drivers, and a payout a month. The busiest
driver's wallet has ${whole(busiest)} entries. The statements are those that the application sends, word for word; the time is from sending one to having
its rows, planned anew each time.

- A kept balance of the busiest driver is read ${number(readOf('balance, added up', 'the busiest driver') / readOf('kept balance', 'the busiest driver'))} times as fast as by adding up its entries, and as fast as anybody's; and only what
  is kept can be checked in the statement that withdraws.
- The platform's balances are sums: the account of fees in ${number(readOf('account of fees', 'the platform'))} ms. To keep them as well would let every payment wait
  for every other at one row: ${number(rate('kept', 8))} postings a second instead of ${number(rate('sums', 8))}, eight at once.
- The nightly run that adds all of it up again takes ${number(audit.seconds)} s in ${whole(audit.statements)} statements, the slowest of ${number(audit.slowest)} ms, and found ${whole(audit.differences)} differences.

## Reading

Milliseconds, one after the other.

${table(
  ['What', 'whose', 'times', 'p50', 'p95', 'p99', 'the planner reads'],
  reads.map(({ name, whose, milliseconds, by }) => [
    ...[name, whose, String(milliseconds.length)],
    ...[0.5, 0.95, 0.99].map((part) => number(percentile(milliseconds, part))),
    by.map((index) => `\`${index}\``).join(', '),
  ]),
)}

## Posting

The capture of a payment: one transaction of three entries, its sum and the payer's balance checked by the database, each committed to the disk.

${table(
  ['Balances of the platform', 'at once', 'postings a second', 'p50, ms', 'p95, ms', 'p99, ms'],
  postings.map((one) => [
    ...[platformNames[one.platform], String(one.atOnce), number(perSecond(one))],
    ...[0.5, 0.95, 0.99].map((part) => number(percentile(one.milliseconds, part))),
  ]),
)}
`
}
