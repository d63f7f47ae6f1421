import { indexRange, integer } from '../arguments.ts'
import { type Keyspace, List } from '../keyspace.ts'
import { OK, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { CommandTable } from './command-table.ts'

type Side = 'LEFT' | 'RIGHT'

const items = (space: Keyspace, key: string) => space.read(key, List)?.items ?? []

const push = (space: Keyspace, key: string, values: string[], side: Side) =>
  space.change(key, List, (list) => {
    if (side === 'LEFT') list.items.unshift(...values.toReversed())
    else list.items.push(...values)
    return list.size
  })

/** `count` from one end, in the order in which they leave. */
const take = (space: Keyspace, key: string, count: number, side: Side) =>
  space.change(key, List, ({ items: all }) =>
    side === 'LEFT' ? all.splice(0, count) : all.splice(Math.max(all.length - count, 0)).toReversed(),
  )

function pop(space: Keyspace, [key = '', count]: string[], side: Side): Reply {
  const message = 'ERR value is out of range, must be positive'
  const wanted = count === undefined ? 1 : integer(count, message)
  if (wanted < 0) throw new RedisError(message)
  if (!space.read(key, List)) return null
  const taken = take(space, key, wanted, side)
  return count === undefined ? (taken[0] ?? null) : taken
}

function parseSide(text: string): Side {
  const side = text.toUpperCase()
  if (side !== 'LEFT' && side !== 'RIGHT') throw syntaxError()
  return side
}

function move(space: Keyspace, from: string, to: string, out: Side, into: Side): Reply {
  if (!space.read(from, List)) return null
  items(space, to)
  const taken = take(space, from, 1, out)
  push(space, to, taken, into)
  return taken[0] ?? null
}

/** The first `count` equal values, from the tail when negative, all when zero. */
function remove(space: Keyspace, key: string, count: number, value: string): number {
  return space.change(key, List, (list) => {
    const before = list.size
    let left = count === 0 ? before : Math.abs(count)
    const keep = (item: string) => item !== value || left-- <= 0
    list.items = count < 0 ? list.items.toReversed().filter(keep).toReversed() : list.items.filter(keep)
    return before - list.size
  })
}

export const listCommands: CommandTable = {
  LPUSH: [-3, (space, [key = '', ...values]) => push(space, key, values, 'LEFT')],
  RPUSH: [-3, (space, [key = '', ...values]) => push(space, key, values, 'RIGHT')],
  LPUSHX: [
    -3,
    (space, [key = '', ...values]) => (space.read(key, List) ? push(space, key, values, 'LEFT') : 0),
  ],
  RPUSHX: [
    -3,
    (space, [key = '', ...values]) => (space.read(key, List) ? push(space, key, values, 'RIGHT') : 0),
  ],
  LPOP: [-2, (space, args) => pop(space, args, 'LEFT')],
  RPOP: [-2, (space, args) => pop(space, args, 'RIGHT')],
  RPOPLPUSH: [3, (space, [from = '', to = '']) => move(space, from, to, 'RIGHT', 'LEFT')],
  LMOVE: [
    5,
    (space, [from = '', to = '', out = '', into = '']) =>
      move(space, from, to, parseSide(out), parseSide(into)),
  ],
  LLEN: [2, (space, [key = '']) => items(space, key).length],
  LINDEX: [3, (space, [key = '', index = '']) => items(space, key).at(integer(index)) ?? null],
  LRANGE: [
    4,
    (space, [key = '', start = '', stop = '']) => {
      const all = items(space, key)
      const [from, to] = indexRange(start, stop, all.length)
      return all.slice(from, Math.max(to + 1, from))
    },
  ],
  LTRIM: [
    4,
    (space, [key = '', start = '', stop = '']) => {
      const [from, to] = indexRange(start, stop, items(space, key).length)
      space.change(key, List, (list) => {
        list.items = list.items.slice(from, Math.max(to + 1, from))
      })
      return OK
    },
  ],
  LSET: [
    4,
    (space, [key = '', index = '', value = '']) => {
      const all = items(space, key)
      if (all.length === 0) throw new RedisError('ERR no such key')
      const at = integer(index) < 0 ? all.length + integer(index) : integer(index)
      if (at < 0 || at >= all.length) throw new RedisError('ERR index out of range')
      space.change(key, List, (list) => {
        list.items[at] = value
      })
      return OK
    },
  ],
  LREM: [4, (space, [key = '', count = '', value = '']) => remove(space, key, integer(count), value)],
}
