import { double, expiryOption, indexRange, integer, Options, pairs } from '../arguments.ts'
import type { Keyspace } from '../keyspace.ts'
import { formatNumber, OK, RedisError, type Reply, syntaxError } from '../reply.ts'
import type { CommandTable } from './command-table.ts'

/** Replaces the text and keeps the expiry, as INCR and APPEND do. */
function rewrite(space: Keyspace, key: string, text: string): void {
  space.put(key, text, space.entry(key)?.expiresAt)
}

function increment(space: Keyspace, key: string, by: number): number {
  const sum = integer(space.text(key) ?? '0') + by
  if (!Number.isSafeInteger(sum)) throw new RedisError('ERR increment or decrement would overflow')
  rewrite(space, key, String(sum))
  return sum
}

function incrementFloat(space: Keyspace, key: string, by: string): string {
  const sum = double(space.text(key) ?? '0') + double(by)
  if (!Number.isFinite(sum)) throw new RedisError('ERR increment would produce NaN or Infinity')
  rewrite(space, key, formatNumber(sum))
  return formatNumber(sum)
}

function set(space: Keyspace, key: string, value: string, args: string[]): Reply {
  const options = new Options(args)
  let condition: 'NX' | 'XX' | undefined
  let expiresAt: number | undefined
  let keep = false
  let get = false
  for (let option = options.next(); option !== undefined; option = options.next()) {
    if ((option === 'NX' || option === 'XX') && condition === undefined) condition = option
    else if (option === 'GET') get = true
    else if (option === 'KEEPTTL' && expiresAt === undefined) keep = true
    else {
      const instant =
        keep || expiresAt !== undefined ? undefined : expiryOption(option, options, space.now, 'set')
      if (instant === undefined) throw syntaxError()
      expiresAt = instant
    }
  }
  const entry = space.entry(key)
  const before = get ? (space.text(key) ?? null) : null
  if (condition !== undefined && (condition === 'XX') !== (entry !== undefined)) return before
  space.put(key, value, keep ? entry?.expiresAt : expiresAt)
  return get ? before : OK
}

function getAndExpire(space: Keyspace, key: string, args: string[]): Reply {
  const options = new Options(args)
  const option = options.next()
  const instant = option === undefined ? undefined : expiryOption(option, options, space.now, 'getex')
  if (option !== undefined && instant === undefined && option !== 'PERSIST') throw syntaxError()
  if (options.next() !== undefined) throw syntaxError()
  const value = space.text(key) ?? null
  if (value !== null && option !== undefined) space.expire(key, instant)
  return value
}

/** Redis counts and cuts strings in bytes; unlike a list's range, an end before the string means its first byte. */
function byteRange(text: string, start: string, stop: string): string {
  const bytes = Buffer.from(text)
  const [from, to] = indexRange(start, stop, bytes.length)
  const reversed = start.startsWith('-') && stop.startsWith('-') && integer(start) > integer(stop)
  return reversed ? '' : bytes.subarray(from, Math.max(to, 0) + 1).toString()
}

export const stringCommands: CommandTable = {
  GET: [2, (space, [key = '']) => space.text(key) ?? null],
  SET: [-3, (space, [key = '', value = '', ...rest]) => set(space, key, value, rest)],
  SETNX: [3, (space, [key = '', value = '']) => (set(space, key, value, ['NX']) === OK ? 1 : 0)],
  SETEX: [4, (space, [key = '', time = '', value = '']) => setFor(space, 'EX', key, time, value)],
  PSETEX: [4, (space, [key = '', time = '', value = '']) => setFor(space, 'PX', key, time, value)],
  GETSET: [3, (space, [key = '', value = '']) => set(space, key, value, ['GET'])],
  GETEX: [-2, (space, [key = '', ...rest]) => getAndExpire(space, key, rest)],
  GETDEL: [
    2,
    (space, [key = '']) => {
      const value = space.text(key) ?? null
      if (value !== null) space.delete(key)
      return value
    },
  ],
  MGET: [-2, (space, keys) => keys.map((key) => textOrNull(space, key))],
  MSET: [
    -3,
    (space, args) => {
      for (const [key, value] of pairs(args, 'mset')) space.put(key, value)
      return OK
    },
  ],
  MSETNX: [
    -3,
    (space, args) => {
      const entries = pairs(args, 'msetnx')
      if (entries.some(([key]) => space.entry(key))) return 0
      for (const [key, value] of entries) space.put(key, value)
      return 1
    },
  ],
  INCR: [2, (space, [key = '']) => increment(space, key, 1)],
  DECR: [2, (space, [key = '']) => increment(space, key, -1)],
  INCRBY: [3, (space, [key = '', by = '']) => increment(space, key, integer(by))],
  DECRBY: [3, (space, [key = '', by = '']) => increment(space, key, -integer(by))],
  INCRBYFLOAT: [3, (space, [key = '', by = '']) => incrementFloat(space, key, by)],
  APPEND: [
    3,
    (space, [key = '', suffix = '']) => {
      const text = (space.text(key) ?? '') + suffix
      rewrite(space, key, text)
      return Buffer.byteLength(text)
    },
  ],
  STRLEN: [2, (space, [key = '']) => Buffer.byteLength(space.text(key) ?? '')],
  GETRANGE: [4, (space, [key = '', start = '', stop = '']) => byteRange(space.text(key) ?? '', start, stop)],
}

function setFor(space: Keyspace, unit: 'EX' | 'PX', key: string, time: string, value: string): Reply {
  const command = unit === 'EX' ? 'setex' : 'psetex'
  space.put(key, value, expiryOption(unit, new Options([time]), space.now, command))
  return OK
}

/** MGET answers nil for a key of another type. */
function textOrNull(space: Keyspace, key: string): string | null {
  const value = space.entry(key)?.value
  return typeof value === 'string' ? value : null
}
