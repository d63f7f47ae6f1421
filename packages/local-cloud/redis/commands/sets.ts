import { integer } from '../arguments.ts'
import { type Keyspace, Members } from '../keyspace.ts'
import { RedisError, type Reply } from '../reply.ts'
import type { CommandTable } from './command-table.ts'
import { scanPage } from './scan-page.ts'

type Combine = (left: Set<string>, right: Set<string>) => Set<string>
const union: Combine = (left, right) => new Set([...left, ...right])
const intersection: Combine = (left, right) => new Set([...left].filter((member) => right.has(member)))
const difference: Combine = (left, right) => new Set([...left].filter((member) => !right.has(member)))

const members = (space: Keyspace, key: string) => space.read(key, Members) ?? new Members()

function combine(space: Keyspace, keys: string[], how: Combine): Set<string> {
  const [first = new Members(), ...rest] = keys.map((key) => members(space, key))
  return rest.reduce<Set<string>>(how, first)
}

function store(space: Keyspace, [target = '', ...keys]: string[], how: Combine): number {
  const result = combine(space, keys, how)
  space.delete(target)
  space.change(target, Members, (set) => result.forEach((member) => set.add(member)))
  return result.size
}

const add = (space: Keyspace, key: string, values: string[]) =>
  space.change(key, Members, (set) => {
    const before = set.size
    for (const value of values) set.add(value)
    return set.size - before
  })

const remove = (space: Keyspace, key: string, values: string[]) =>
  space.change(key, Members, (set) => values.filter((value) => set.delete(value)).length)

/** Without a count one member or nil; with one that many distinct members, or -count with repetition. */
function draw(space: Keyspace, key: string, count: string | undefined): string[] {
  const pool = [...members(space, key)]
  const wanted = count === undefined ? 1 : integer(count)
  const pick = () => pool[Math.floor(Math.random() * pool.length)] ?? ''
  if (wanted < 0) return pool.length === 0 ? [] : Array.from({ length: -wanted }, pick)
  const drawn: string[] = []
  while (pool.length > 0 && drawn.length < wanted) {
    drawn.push(...pool.splice(Math.floor(Math.random() * pool.length), 1))
  }
  return drawn
}

function pop(space: Keyspace, key: string, count: string | undefined): Reply {
  if (count !== undefined && integer(count) < 0) {
    throw new RedisError('ERR value is out of range, must be positive')
  }
  const drawn = draw(space, key, count)
  remove(space, key, drawn)
  return count === undefined ? (drawn[0] ?? null) : drawn
}

export const setCommands: CommandTable = {
  SADD: [-3, (space, [key = '', ...values]) => add(space, key, values)],
  SREM: [-3, (space, [key = '', ...values]) => remove(space, key, values)],
  SMEMBERS: [2, (space, [key = '']) => [...members(space, key)]],
  SCARD: [2, (space, [key = '']) => members(space, key).size],
  SISMEMBER: [3, (space, [key = '', value = '']) => (members(space, key).has(value) ? 1 : 0)],
  SMISMEMBER: [
    -3,
    (space, [key = '', ...values]) => {
      const set = members(space, key)
      return values.map((value) => (set.has(value) ? 1 : 0))
    },
  ],
  SMOVE: [
    4,
    (space, [from = '', to = '', value = '']) => {
      if (!space.read(from, Members)) return 0
      members(space, to)
      if (remove(space, from, [value]) === 0) return 0
      add(space, to, [value])
      return 1
    },
  ],
  SPOP: [-2, (space, [key = '', count]) => pop(space, key, count)],
  SRANDMEMBER: [
    -2,
    (space, [key = '', count]) => {
      const drawn = draw(space, key, count)
      return count === undefined ? (drawn[0] ?? null) : drawn
    },
  ],
  SUNION: [-2, (space, keys) => [...combine(space, keys, union)]],
  SINTER: [-2, (space, keys) => [...combine(space, keys, intersection)]],
  SDIFF: [-2, (space, keys) => [...combine(space, keys, difference)]],
  SUNIONSTORE: [-3, (space, args) => store(space, args, union)],
  SINTERSTORE: [-3, (space, args) => store(space, args, intersection)],
  SDIFFSTORE: [-3, (space, args) => store(space, args, difference)],
  SSCAN: [-3, (space, [key = '', ...rest]) => scanPage(members(space, key).entries(), rest, true)],
}
