import pc from 'picocolors'
import type { StormResult } from './storm.ts'

/** What people call an outcome. */
const words: Record<string, string> = {
  ride_legs_taken_check: 'full',
  booking_seats_no_overlap: 'seat taken',
  bookings_one_active: 'booked already',
  bookings_quote_key: 'quote used',
  waitlist_entries_one_open: 'waiting already',
}
/** The broken invariants that are printed of one storm. */
const SHOWN = 10

const columns = ['storm', 'rounds', 'requests', 'a second', 'broken', 'what came of them'] as const

/** A table of what the storms came to, and what broke. */
export function printResults(results: readonly StormResult[]): void {
  const rows = results.map(({ name, rounds, requests, seconds, outcomes, broken }) => [
    name,
    String(rounds),
    String(requests),
    String(Math.round(requests / seconds)),
    String(broken.length),
    outcomes.map(([outcome, count]) => `${count} ${words[outcome] ?? outcome}`).join(', '),
  ])
  const widths = columns.map((title, n) => Math.max(title.length, ...rows.map((row) => row[n]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, n) => (n === 0 || n === 5 ? cell.padEnd(widths[n] ?? 0) : cell.padStart(widths[n] ?? 0)))
      .join('  ')
  console.log(`\n  ${pc.bold(line(columns))}`)
  for (const row of rows) console.log(`  ${line(row)}`)
  for (const { name, broken } of results) {
    if (broken.length > 0) console.log(pc.red(`\n  ${name}: ${broken.length} broken`))
    for (const each of broken.slice(0, SHOWN)) console.log(pc.red(`    ${each}`))
  }
}
