import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { z } from 'zod'

/** What of a source map is read here; Node reads the rest. */
const Payload = z.looseObject({
  file: z.string().default(''),
  version: z.number(),
  sources: z.array(z.string()),
  sourcesContent: z.array(z.string()),
  names: z.array(z.string()),
  mappings: z.string(),
  sourceRoot: z.string().default(''),
})

const POSITION = /^JS:.* worker\.js:(\d+):(\d+)$/

/** Finds where functions of a minified bundle stand in the source. */
export class SourceNames {
  readonly #map: SourceMap
  readonly #lines: Map<string, string[]>

  /** @param bundle with its source map beside it */
  constructor(bundle: string) {
    const payload = Payload.parse(JSON.parse(readFileSync(`${bundle}.map`, 'utf8')))
    this.#map = new SourceMap({ ...payload, sourcesContent: payload.sourcesContent })
    this.#lines = new Map(
      payload.sources.map((source, index) => [source, (payload.sourcesContent[index] ?? '').split('\n')]),
    )
  }

  /** File, line and what is written there, for a frame of V8's; null for those that are not of the bundle. */
  find(frame: string): { place: string; line: string } | null {
    const [, line, column] = POSITION.exec(frame) ?? []
    if (line === undefined) return null
    const entry = this.#map.findEntry(Number(line) - 1, Number(column) - 1)
    if (!('originalSource' in entry)) return null
    const { originalSource: source, originalLine } = entry
    const text = this.#lines.get(source)?.[originalLine] ?? ''
    return { place: `${source.replace(/^(\.\.\/)+/, '')}:${originalLine + 1}`, line: text.trim() }
  }
}
