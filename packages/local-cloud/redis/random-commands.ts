import * as fc from 'fast-check'

const key = fc.constantFrom('a', 'b', 'c')
const word = fc.constantFrom('x', 'y', 'z', '10', '-3', '0', 'ü', '')
const number = fc.integer({ min: -4, max: 4 }).map(String)
/** For commands that look at the number first; others answer for a missing key before they look, where we do not. */
const anyNumber = fc.oneof(number, fc.constantFrom('1.5', 'no', '007'))
const bound = fc.oneof(number, fc.constantFrom('inf', '-inf', '(1', '(0'))
const score = fc.oneof(number, fc.constantFrom('inf', '-inf', 'no'))
/** Times are far away, so that no answer depends on how fast the run is. */
const time = fc.constantFrom('1000', '2000', '0', '-1', 'soon')
const side = fc.constantFrom('LEFT', 'right', 'up')

const choice = (...names: string[]) => fc.subarray(names, { maxLength: Math.min(names.length, 2) })
const words = (...texts: string[]) => fc.constantFrom(...texts).map((text) => text.split(' '))

/** One of the commands named in `names`, with these arguments. */
function commands(names: string, ...args: fc.Arbitrary<string | string[]>[]): fc.Arbitrary<string[]> {
  return fc.tuple(words(...names.split(' ')), ...args).map((values) => values.flat())
}

const script = fc.constantFrom(
  'return redis.call("HGETALL", KEYS[1])',
  'return {redis.pcall("INCR", KEYS[1]), ARGV[1]}',
  'return redis.call("LPUSH", KEYS[1], ARGV[1], #ARGV)',
  'return redis.call("GET", KEYS[1]) or {1, 2.7, false, "s"}',
  'x = 1',
)

/** Commands over three keys and a few words, right and wrong, so that types and sizes collide often. */
export const randomCommands: fc.Arbitrary<string[]> = fc.oneof(
  commands('GET GETDEL STRLEN INCR DECR TYPE PERSIST TTL SMEMBERS SCARD LLEN ZCARD HGETALL HLEN', key),
  commands('SETNX GETSET APPEND HGET HEXISTS HDEL HSTRLEN SADD SREM SISMEMBER SMISMEMBER', key, word),
  commands('LPUSH RPUSH RPUSHX ZREM ZSCORE ZRANK ZREVRANK', key, word),
  commands('INCRBY DECRBY', key, anyNumber),
  commands('LPOP RPOP LINDEX ZPOPMIN ZPOPMAX', key, number),
  commands('RENAME RPOPLPUSH SUNION SINTER SDIFF MGET EXISTS DEL', key, key),
  commands('SUNIONSTORE SINTERSTORE SDIFFSTORE', key, key, key),
  commands('LRANGE LTRIM GETRANGE ZREMRANGEBYRANK', key, number, number),
  commands('ZCOUNT ZREMRANGEBYSCORE ZRANGEBYSCORE ZREVRANGEBYSCORE', key, bound, bound),
  commands('HSET HSETNX HMGET', key, word, word),
  commands('HINCRBY', key, word, anyNumber),
  commands('LSET LREM', key, number, word),
  commands('ZADD ZINCRBY', key, score, word),
  commands('ZADD', key, choice('NX', 'XX', 'GT', 'LT', 'CH', 'INCR'), score, word),
  commands('ZADD', key, score, word, score, word),
  commands('ZRANGE', key, number, number, choice('REV', 'WITHSCORES')),
  commands('ZRANGE', key, bound, bound, fc.constant('BYSCORE'), choice('REV', 'WITHSCORES')),
  commands('ZRANGE', key, bound, bound, words('LIMIT 0 1', 'BYSCORE LIMIT 1 1')),
  commands('SET', key, word, choice('NX', 'XX', 'GET', 'KEEPTTL')),
  commands('SET', key, word, fc.constant('EX'), time),
  commands('EXPIRE', key, time, choice('NX', 'XX', 'GT', 'LT')),
  commands('GETEX', key, choice('PERSIST')),
  commands('MSETNX', key, word, key, word),
  commands('SMOVE', key, key, word),
  commands('LMOVE', key, key, side, side),
  commands('GET HSET ZADD MSET NOSUCH', fc.array(word, { maxLength: 3 })),
  commands('EVAL', script, fc.constant('1'), key, word),
)
