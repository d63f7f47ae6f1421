import { double, indexRange, integer, Options } from '../arguments.ts'
import { type Keyspace, SortedSet } from '../keyspace.ts'
import { formatNumber, RedisError, type Reply, syntaxError } from '../reply.ts'

export type Scored = [member: string, score: number]

/** All members by score, then by bytes; sorted anew each time, which is fast enough for a local stand-in. */
export function ranked(space: Keyspace, key: string, reverse = false): Scored[] {
  const all: Scored[] = [...(space.read(key, SortedSet) ?? [])]
  all.sort(([a, x], [b, y]) => (x === y ? Buffer.compare(Buffer.from(a), Buffer.from(b)) : x < y ? -1 : 1))
  return reverse ? all.toReversed() : all
}

export const flatten = (all: Scored[], withScores: boolean): string[] =>
  all.flatMap(([member, score]) => (withScores ? [member, formatNumber(score)] : [member]))

/** `5`, `(5` (exclusive), `-inf`, `+inf`. */
export function insideScores(min: string, max: string): (scored: Scored) => boolean {
  const [low, lowOpen] = bound(min)
  const [high, highOpen] = bound(max)
  return ([, score]) => (lowOpen ? score > low : score >= low) && (highOpen ? score < high : score <= high)
}

function bound(text: string): [value: number, exclusive: boolean] {
  const exclusive = text.startsWith('(')
  return [double(exclusive ? text.slice(1) : text, 'ERR min or max is not a float'), exclusive]
}

/** ZRANGE: by rank or by score, forwards or backwards, with LIMIT and WITHSCORES. */
export function selectRange(space: Keyspace, key: string, start: string, stop: string, args: string[]): Reply {
  const options = new Options(args)
  const flags = new Set<string>()
  let limit: [offset: number, count: number] | undefined
  for (let option = options.next(); option !== undefined; option = options.next()) {
    if (option === 'LIMIT') limit = [integer(options.take()), integer(options.take())]
    else if (option === 'BYSCORE' || option === 'REV' || option === 'WITHSCORES') flags.add(option)
    else throw syntaxError()
  }
  const byScore = flags.has('BYSCORE')
  const reverse = flags.has('REV')
  if (limit && !byScore) {
    throw new RedisError(
      'ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX',
    )
  }
  const all = ranked(space, key, reverse)
  if (!byScore) {
    const [from, to] = indexRange(start, stop, all.length)
    return flatten(all.slice(from, Math.max(to + 1, from)), flags.has('WITHSCORES'))
  }
  const found = all.filter(reverse ? insideScores(stop, start) : insideScores(start, stop))
  const [offset, count] = limit ?? [0, -1]
  if (offset < 0) return []
  return flatten(found.slice(offset, count < 0 ? undefined : offset + count), flags.has('WITHSCORES'))
}
