import { double, indexRange, integer, Options, pairs } from '../arguments.ts'
import { type Keyspace, SortedSet } from '../keyspace.ts'
import { formatNumber, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { CommandTable } from './command-table.ts'
import { scanPage } from './scan-page.ts'
import { flatten, insideScores, ranked, type Scored, selectRange } from './select-range.ts'

/** ZADD's flags stand before the pairs. */
function parseAdd(args: string[]): { flags: Set<string>; scored: Scored[] } {
  const flags = new Set<string>()
  let first = 0
  for (; /^(nx|xx|gt|lt|ch|incr)$/i.test(args[first] ?? ''); first++)
    flags.add((args[first] ?? '').toUpperCase())
  if ((args.length - first) % 2 === 1) throw syntaxError()
  if (flags.has('NX') && flags.has('XX')) {
    throw new RedisError('ERR XX and NX options at the same time are not compatible')
  }
  if ([flags.has('GT'), flags.has('LT'), flags.has('NX')].filter(Boolean).length > 1) {
    throw new RedisError('ERR GT, LT, and/or NX options at the same time are not compatible')
  }
  const scored = pairs(args.slice(first), 'zadd').map(([score, member]): Scored => [member, double(score)])
  if (flags.has('INCR') && scored.length > 1) {
    throw new RedisError('ERR INCR option supports a single increment-element pair')
  }
  return { flags, scored }
}

function add(space: Keyspace, [key = '', ...args]: string[]): Reply {
  const { flags, scored } = parseAdd(args)
  return space.change(key, SortedSet, (set) => {
    let added = 0
    let changed = 0
    let last: number | null = null
    for (const [member, given] of scored) {
      const old = set.get(member)
      const score = flags.has('INCR') ? (old ?? 0) + given : given
      if (Number.isNaN(score)) throw new RedisError('ERR resulting score is not a number (NaN)')
      if (old === undefined ? flags.has('XX') : flags.has('NX')) continue
      if (old !== undefined && flags.has('GT') && score <= old) continue
      if (old !== undefined && flags.has('LT') && score >= old) continue
      set.set(member, score)
      last = score
      if (old === undefined) added++
      else if (old !== score) changed++
    }
    if (flags.has('INCR')) return last === null ? null : formatNumber(last)
    return flags.has('CH') ? added + changed : added
  })
}

const remove = (space: Keyspace, key: string, members: string[]) =>
  space.change(key, SortedSet, (set) => members.filter((member) => set.delete(member)).length)

function pop(space: Keyspace, [key = '', count = '1']: string[], reverse: boolean): Reply {
  const wanted = integer(count, 'ERR value is out of range, must be positive')
  if (wanted < 0) throw new RedisError('ERR value is out of range, must be positive')
  const taken = ranked(space, key, reverse).slice(0, wanted)
  remove(
    space,
    key,
    taken.map(([member]) => member),
  )
  return flatten(taken, true)
}

function rank(space: Keyspace, key: string, member: string, reverse: boolean): Reply {
  const at = ranked(space, key, reverse).findIndex(([name]) => name === member)
  return at === -1 ? null : at
}

function removeByRank(space: Keyspace, key: string, start: string, stop: string): number {
  const all = ranked(space, key)
  const [from, to] = indexRange(start, stop, all.length)
  const gone = all.slice(from, Math.max(to + 1, from))
  return remove(
    space,
    key,
    gone.map(([member]) => member),
  )
}

const scoreOf = (space: Keyspace, key: string, member: string) => {
  const score = space.read(key, SortedSet)?.get(member)
  return score === undefined ? null : formatNumber(score)
}

/** The commands older than `ZRANGE … BYSCORE` name their ways in the command. */
function byScore(
  space: Keyspace,
  [key = '', start = '', stop = '', ...rest]: string[],
  reverse: boolean,
): Reply {
  const ways = new Options(rest)
  const kept: string[] = ['BYSCORE', ...(reverse ? ['REV'] : [])]
  for (let option = ways.next(); option !== undefined; option = ways.next()) {
    if (option === 'LIMIT') kept.push('LIMIT', ways.take(), ways.take())
    else kept.push(option === 'WITHSCORES' ? option : 'UNKNOWN')
  }
  return selectRange(space, key, start, stop, kept)
}

export const sortedSetCommands: CommandTable = {
  ZADD: [-4, add],
  ZINCRBY: [4, (space, [key = '', by = '', member = '']) => add(space, [key, 'INCR', by, member])],
  ZREM: [-3, (space, [key = '', ...members]) => remove(space, key, members)],
  ZCARD: [2, (space, [key = '']) => space.read(key, SortedSet)?.size ?? 0],
  ZSCORE: [3, (space, [key = '', member = '']) => scoreOf(space, key, member)],
  ZMSCORE: [-3, (space, [key = '', ...members]) => members.map((member) => scoreOf(space, key, member))],
  ZRANK: [3, (space, [key = '', member = '']) => rank(space, key, member, false)],
  ZREVRANK: [3, (space, [key = '', member = '']) => rank(space, key, member, true)],
  ZCOUNT: [
    4,
    (space, [key = '', min = '', max = '']) => ranked(space, key).filter(insideScores(min, max)).length,
  ],
  ZRANGE: [
    -4,
    (space, [key = '', start = '', stop = '', ...rest]) => selectRange(space, key, start, stop, rest),
  ],
  ZREVRANGE: [
    -4,
    (space, [key = '', start = '', stop = '', ...rest]) =>
      selectRange(space, key, start, stop, ['REV', ...rest]),
  ],
  ZRANGEBYSCORE: [-4, (space, args) => byScore(space, args, false)],
  ZREVRANGEBYSCORE: [-4, (space, args) => byScore(space, args, true)],
  ZREMRANGEBYSCORE: [
    4,
    (space, [key = '', min = '', max = '']) => {
      const gone = ranked(space, key).filter(insideScores(min, max))
      return remove(
        space,
        key,
        gone.map(([member]) => member),
      )
    },
  ],
  ZREMRANGEBYRANK: [4, (space, [key = '', start = '', stop = '']) => removeByRank(space, key, start, stop)],
  ZPOPMIN: [-2, (space, args) => pop(space, args, false)],
  ZPOPMAX: [-2, (space, args) => pop(space, args, true)],
  ZSCAN: [
    -3,
    (space, [key = '', ...rest]) =>
      scanPage(
        ranked(space, key).map(([member, score]): [string, string] => [member, formatNumber(score)]),
        rest,
      ),
  ],
}
