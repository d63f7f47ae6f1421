import { double, integer, pairs } from '../arguments.ts'
import { Hash, type Keyspace } from '../keyspace.ts'
import { formatNumber, OK, RedisError } from '../reply.ts'
import type { CommandTable } from './command-table.ts'
import { scanPage } from './scan-page.ts'

function write(space: Keyspace, key: string, args: string[], command: string): number {
  const fields = pairs(args, command)
  return space.change(key, Hash, (hash) => {
    const before = hash.size
    for (const [field, value] of fields) hash.set(field, value)
    return hash.size - before
  })
}

function increment(space: Keyspace, key: string, field: string, by: number): number {
  const sum = integer(space.read(key, Hash)?.get(field) ?? '0', 'ERR hash value is not an integer') + by
  if (!Number.isSafeInteger(sum)) throw new RedisError('ERR increment or decrement would overflow')
  space.change(key, Hash, (hash) => hash.set(field, String(sum)))
  return sum
}

function incrementFloat(space: Keyspace, key: string, field: string, by: string): string {
  const sum = double(space.read(key, Hash)?.get(field) ?? '0', 'ERR hash value is not a float') + double(by)
  if (!Number.isFinite(sum)) throw new RedisError('ERR increment would produce NaN or Infinity')
  space.change(key, Hash, (hash) => hash.set(field, formatNumber(sum)))
  return formatNumber(sum)
}

export const hashCommands: CommandTable = {
  HSET: [-4, (space, [key = '', ...fields]) => write(space, key, fields, 'hset')],
  HMSET: [
    -4,
    (space, [key = '', ...fields]) => {
      write(space, key, fields, 'hmset')
      return OK
    },
  ],
  HSETNX: [
    4,
    (space, [key = '', field = '', value = '']) => {
      if (space.read(key, Hash)?.has(field)) return 0
      return write(space, key, [field, value], 'hsetnx')
    },
  ],
  HGET: [3, (space, [key = '', field = '']) => space.read(key, Hash)?.get(field) ?? null],
  HMGET: [
    -3,
    (space, [key = '', ...fields]) => {
      const hash = space.read(key, Hash)
      return fields.map((field) => hash?.get(field) ?? null)
    },
  ],
  HGETALL: [2, (space, [key = '']) => [...(space.read(key, Hash) ?? [])].flat()],
  HKEYS: [2, (space, [key = '']) => [...(space.read(key, Hash)?.keys() ?? [])]],
  HVALS: [2, (space, [key = '']) => [...(space.read(key, Hash)?.values() ?? [])]],
  HLEN: [2, (space, [key = '']) => space.read(key, Hash)?.size ?? 0],
  HEXISTS: [3, (space, [key = '', field = '']) => (space.read(key, Hash)?.has(field) ? 1 : 0)],
  HSTRLEN: [3, (space, [key = '', field = '']) => Buffer.byteLength(space.read(key, Hash)?.get(field) ?? '')],
  HDEL: [
    -3,
    (space, [key = '', ...fields]) =>
      space.change(key, Hash, (hash) => fields.filter((field) => hash.delete(field)).length),
  ],
  HINCRBY: [4, (space, [key = '', field = '', by = '']) => increment(space, key, field, integer(by))],
  HINCRBYFLOAT: [4, (space, [key = '', field = '', by = '']) => incrementFloat(space, key, field, by)],
  HSCAN: [-3, (space, [key = '', ...rest]) => scanPage(space.read(key, Hash) ?? [], rest)],
}
