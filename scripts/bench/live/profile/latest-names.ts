import { readFileSync, writeFileSync } from 'node:fs'

interface Code {
  from: number
  to: number
  line: string
}

const ENTRY = /^([0-9a-f]+) ([0-9a-f]+) /

/**
 * Leaves in V8's list of what it has compiled only what stands in memory now. Code that V8 has dropped makes room for
 * other code, and perf would take either name for it.
 */
export function keepLatestNames(file: string): void {
  writeFileSync(file, latestNames(readFileSync(file, 'utf8').split('\n')).join('\n'))
}

/** The entries, the oldest first, without those that a newer one has overwritten; by their address. */
export function latestNames(lines: readonly string[]): string[] {
  const kept: Code[] = []
  for (const line of lines.toReversed()) {
    const [, address = '', size = ''] = ENTRY.exec(line) ?? []
    if (address === '') continue
    const from = Number.parseInt(address, 16)
    const to = from + Number.parseInt(size, 16)
    const place = firstBehind(kept, from)
    const [before, behind] = [kept[place - 1], kept[place]]
    const isFree = (before === undefined || before.to <= from) && (behind === undefined || to <= behind.from)
    if (isFree) kept.splice(place, 0, { from, to, line })
  }
  return kept.map(({ line }) => line)
}

/** The place of the first that begins at an address or behind it. */
function firstBehind(sorted: readonly Code[], address: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle]?.from ?? 0) < address) low = middle + 1
    else high = middle
  }
  return low
}
