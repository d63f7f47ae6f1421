import { integer, Options } from '../arguments.ts'
import { Hash, type Keyspace, List, Members, SortedSet, type Value } from '../keyspace.ts'
import { everyKey, type KeyTest, matchGlob } from '../match-glob.ts'
import { OK, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { CommandTable } from './command-table.ts'

const SCAN_COUNT = 10

export function typeName(value: Value | undefined): string {
  if (value === undefined) return 'none'
  if (typeof value === 'string') return 'string'
  if (value instanceof Hash) return 'hash'
  if (value instanceof Members) return 'set'
  if (value instanceof SortedSet) return 'zset'
  return value instanceof List ? 'list' : 'none'
}

/** EXPIRE and its kin: an instant that has passed deletes the key. */
function expire(space: Keyspace, args: string[], unit: number, base: number, command: string): Reply {
  const [key = '', amount = '', ...flags] = args
  const instant = integer(amount) * unit + base
  if (!Number.isSafeInteger(instant)) throw new RedisError(`ERR invalid expire time in '${command}' command`)
  const wanted = new Set(flags.map((flag) => flag.toUpperCase()))
  for (const flag of flags) {
    if (!['NX', 'XX', 'GT', 'LT'].includes(flag.toUpperCase())) {
      throw new RedisError(`ERR Unsupported option ${flag}`)
    }
  }
  if (wanted.has('NX') && wanted.size > 1) {
    throw new RedisError('ERR NX and XX, GT or LT options at the same time are not compatible')
  }
  if (wanted.has('GT') && wanted.has('LT')) {
    throw new RedisError('ERR GT and LT options at the same time are not compatible')
  }
  const entry = space.entry(key)
  if (!entry) return 0
  const current = entry.expiresAt
  if (wanted.has('NX') && current !== undefined) return 0
  if (wanted.has('XX') && current === undefined) return 0
  if (wanted.has('GT') && (current === undefined || instant <= current)) return 0
  if (wanted.has('LT') && current !== undefined && instant >= current) return 0
  if (instant <= space.now) space.delete(key)
  else space.expire(key, instant)
  return 1
}

/** -2 without a key, -1 without an expiry, else what `measure` makes of the instant. */
function expiry(space: Keyspace, key: string, measure: (instant: number) => number): number {
  const entry = space.entry(key)
  if (!entry) return -2
  return entry.expiresAt === undefined ? -1 : measure(entry.expiresAt)
}

const toSeconds = (milliseconds: number) => Math.floor((milliseconds + 500) / 1000)

/** The cursor is the serial number of the last key seen, so keys that stay are met exactly once. */
function scan(space: Keyspace, cursorText: string, args: string[]): Reply {
  const cursor = integer(cursorText, 'ERR invalid cursor')
  const options = new Options(args)
  let count = SCAN_COUNT
  let type: string | undefined
  let matches: KeyTest = everyKey
  for (let option = options.next(); option !== undefined; option = options.next()) {
    if (option === 'MATCH') matches = matchGlob(options.take())
    else if (option === 'TYPE') type = options.take().toLowerCase()
    else if (option === 'COUNT') count = integer(options.take())
    else throw syntaxError()
  }
  if (count < 1) throw syntaxError()
  const keys: string[] = []
  let seen = 0
  let last = cursor
  for (const [key, entry] of space.live()) {
    if (entry.serial <= cursor) continue
    if (seen++ === count) return [String(last), keys]
    last = entry.serial
    if (matches(key) && (type === undefined || typeName(entry.value) === type)) keys.push(key)
  }
  return ['0', keys]
}

function rename(space: Keyspace, from: string, to: string): void {
  const entry = space.entry(from)
  if (!entry) throw new RedisError('ERR no such key')
  space.delete(from)
  space.delete(to)
  space.put(to, entry.value, entry.expiresAt)
}

const countKeys = (space: Keyspace, keys: string[]) => keys.filter((key) => space.entry(key)).length
const deleteKeys = (space: Keyspace, keys: string[]) =>
  keys.filter((key) => space.entry(key) && space.delete(key)).length

export const keyCommands: CommandTable = {
  DEL: [-2, deleteKeys],
  UNLINK: [-2, deleteKeys],
  EXISTS: [-2, countKeys],
  TOUCH: [-2, countKeys],
  TYPE: [2, (space, [key = '']) => ({ ok: typeName(space.entry(key)?.value) })],
  EXPIRE: [-3, (space, args) => expire(space, args, 1000, space.now, 'expire')],
  PEXPIRE: [-3, (space, args) => expire(space, args, 1, space.now, 'pexpire')],
  EXPIREAT: [-3, (space, args) => expire(space, args, 1000, 0, 'expireat')],
  PEXPIREAT: [-3, (space, args) => expire(space, args, 1, 0, 'pexpireat')],
  TTL: [2, (space, [key = '']) => expiry(space, key, (instant) => toSeconds(instant - space.now))],
  PTTL: [2, (space, [key = '']) => expiry(space, key, (instant) => instant - space.now)],
  EXPIRETIME: [2, (space, [key = '']) => expiry(space, key, toSeconds)],
  PEXPIRETIME: [2, (space, [key = '']) => expiry(space, key, (instant) => instant)],
  PERSIST: [
    2,
    (space, [key = '']) => {
      if (space.entry(key)?.expiresAt === undefined) return 0
      space.expire(key, undefined)
      return 1
    },
  ],
  RENAME: [
    3,
    (space, [from = '', to = '']) => {
      rename(space, from, to)
      return OK
    },
  ],
  KEYS: [2, (space, [pattern = '']) => [...space.live()].map(([key]) => key).filter(matchGlob(pattern))],
  SCAN: [-2, (space, [cursor = '', ...rest]) => scan(space, cursor, rest)],
  DBSIZE: [1, (space) => [...space.live()].length],
  FLUSHDB: [-1, flush],
  FLUSHALL: [-1, flush],
}

function flush(space: Keyspace): Reply {
  space.clear()
  return OK
}
