import { BucketFinder, type BucketName } from './buckets.ts'
import type { Sample } from './read-stacks.ts'
import type { SourceNames } from './source-names.ts'

/** A function of ours, with what V8 does for it. */
export interface HotFunction {
  place: string
  line: string
  share: number
}

/** Where the processor time of a stream went. */
export interface Profile {
  samples: number
  /** Parts of 1. */
  shares: ReadonlyMap<BucketName, number>
  /** Those that took most, the first one most of all. */
  functions: readonly HotFunction[]
}

const HOT = 10

/** Counts each sample in one bucket, and those of our JavaScript for the innermost function too. */
export async function tally(stacks: AsyncIterable<Sample>, names: SourceNames): Promise<Profile> {
  const finder = new BucketFinder()
  const found = new Map<BucketName, number>()
  const functions = new Map<string, number>()
  const count = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  let all = 0
  for await (const sample of stacks) {
    const bucket = finder.find(sample)
    all += 1
    count(found, bucket)
    const own = bucket === 'our JavaScript' ? sample.frames.find((frame) => frame.startsWith('JS:')) : undefined
    if (own !== undefined) count(functions, positionOf(own))
  }
  const hot = [...functions].toSorted(([, a], [, b]) => b - a).slice(0, HOT)
  return {
    samples: all,
    shares: new Map([...found].map(([bucket, samples]) => [bucket, samples / all])),
    functions: hot.map(([frame, samples]) => ({
      ...(names.find(frame) ?? { place: frame.replace(/^JS:/, ''), line: '' }),
      share: samples / all,
    })),
  }
}

/** V8 marks each of its compilers' versions of a function; here they are one. */
const positionOf = (frame: string) => frame.replace(/^JS:[*+^~']*/, 'JS:')
