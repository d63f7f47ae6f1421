import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { BrokenDataError } from '../broken-data-error.ts'
import { Hash, type Keyspace, List, Members, SortedSet, type Value } from './keyspace.ts'

const SAVE_EVERY_MS = 3000

const Saved = z.object({
  version: z.literal(1),
  keys: z.array(
    z.object({
      key: z.string(),
      expiresAt: z.number().optional(),
      value: z.discriminatedUnion('type', [
        z.object({ type: z.literal('string'), data: z.string() }),
        z.object({ type: z.literal('hash'), data: z.array(z.tuple([z.string(), z.string()])) }),
        z.object({ type: z.literal('set'), data: z.array(z.string()) }),
        z.object({ type: z.literal('list'), data: z.array(z.string()) }),
        // JSON has no infinity, so scores are text.
        z.object({ type: z.literal('zset'), data: z.array(z.tuple([z.string(), z.string()])) }),
      ]),
    }),
  ),
})
type SavedValue = z.infer<typeof Saved>['keys'][number]['value']

function save(value: Value): SavedValue {
  if (typeof value === 'string') return { type: 'string', data: value }
  if (value instanceof Hash) return { type: 'hash', data: [...value] }
  if (value instanceof Members) return { type: 'set', data: [...value] }
  if (value instanceof SortedSet) {
    return { type: 'zset', data: [...value].map(([member, score]) => [member, String(score)]) }
  }
  return { type: 'list', data: value.items }
}

function restore(saved: SavedValue): Value {
  if (saved.type === 'string') return saved.data
  if (saved.type === 'hash') return new Hash(saved.data)
  if (saved.type === 'set') return new Members(saved.data)
  if (saved.type === 'zset') return new SortedSet(saved.data.map(([member, score]) => [member, Number(score)]))
  return new List(saved.data)
}

function load(space: Keyspace, file: string): void {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return
    throw error
  }
  try {
    for (const { key, value, expiresAt } of Saved.parse(JSON.parse(text)).keys) {
      space.put(key, restore(value), expiresAt)
    }
  } catch (cause) {
    throw new BrokenDataError(`${file} is not a snapshot of this program; delete it to start empty`, { cause })
  }
}

/**
 * Loads `file` into the keyspace, then writes it every few seconds when something changed. The write goes to a
 * neighbour first and is renamed, so a kill leaves the old file or the new one.
 * @returns writes a last time and stops
 */
export function keepSnapshot(space: Keyspace, file: string, clock: () => number): () => void {
  space.now = clock()
  load(space, file)
  let saved = space.revision
  const write = () => {
    space.now = clock()
    const keys = Array.from(space.live(), ([key, { value, expiresAt }]) => ({
      key,
      expiresAt,
      value: save(value),
    }))
    if (space.revision === saved) return
    writeFileSync(`${file}.new`, JSON.stringify({ version: 1, keys }))
    renameSync(`${file}.new`, file)
    saved = space.revision
  }
  const timer = setInterval(write, SAVE_EVERY_MS)
  timer.unref()
  return () => {
    clearInterval(timer)
    write()
  }
}
