import type { Source } from './read-sources.ts'

/** Above this a file is doing more than one thing. */
export const MAX_LINES = 300

export interface SizeReport {
  failures: string[]
  /** For people: how long files are here. */
  note: string
}

/** How long the files are, in lines, and which are too long. */
export function checkFileSizes(sources: readonly Source[]): SizeReport {
  const sizes = sources
    .map(({ path, text }) => ({ path, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0) }))
    .toSorted((a, b) => a.lines - b.lines)
  const at = (share: number) => sizes[Math.ceil(share * sizes.length) - 1]?.lines ?? 0
  const longest = sizes.at(-1)
  return {
    failures: sizes
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ path, lines }) => `${path} has ${lines} lines; at most ${MAX_LINES}`),
    note: `${sizes.length} files: median ${at(0.5)} lines, p90 ${at(0.9)}, longest ${longest?.lines ?? 0} (${longest?.path ?? 'none'})`,
  }
}
