import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from '@upstash/redis'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type HttpServer, serveHttp } from '../inbox/serve-http.ts'
import { type LocalRedis, startRedis } from './start-redis.ts'

const TOKEN = 'local-token'
let now = Date.UTC(2026, 10, 22)
let local: LocalRedis
let server: HttpServer
let redis: Redis

const connect = (token = TOKEN) => new Redis({ url: server.url, token, retry: false })
const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  local.fetch(
    new Request(`https://db.upstash.io${path}`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
    }),
  )

beforeAll(async () => {
  local = await startRedis({ token: TOKEN, clock: () => now })
  server = await serveHttp(local.fetch)
})
beforeEach(async () => {
  redis = connect()
  await redis.flushdb()
})
afterAll(async () => {
  await server.close()
  await local.close()
})

test('the Upstash client reads back what it wrote, in any script', async () => {
  expect(await redis.set('greeting', 'नमस्ते 🚗')).toBe('OK')
  expect(await redis.get('greeting')).toBe('नमस्ते 🚗')
  expect(await redis.strlen('greeting')).toBe(Buffer.byteLength('नमस्ते 🚗'))
  await redis.set('object', { seats: 3, nested: ['a', 1] })
  expect(await redis.get('object')).toEqual({ seats: 3, nested: ['a', 1] })
  expect(await redis.get('absent')).toBeNull()
  expect(await redis.ping()).toBe('PONG')
})

test('NX, XX, GET and KEEPTTL hold', async () => {
  expect(await redis.set('k', 'one', { nx: true, px: 5000 })).toBe('OK')
  expect(await redis.set('k', 'two', { nx: true })).toBeNull()
  expect(await redis.set('other', 'x', { xx: true })).toBeNull()
  expect(await redis.exists('other')).toBe(0)
  expect(await redis.set('k', 'three', { get: true, keepTtl: true })).toBe('one')
  expect(await redis.pttl('k')).toBe(5000)
  await redis.set('k', 'four')
  expect(await redis.ttl('k')).toBe(-1)
})

test('keys expire at their instant, not before', async () => {
  await redis.set('otp', '123456', { ex: 300 })
  await redis.hset('session', { user: 'u1' })
  await redis.expire('session', 10)
  now += 9_999
  expect(await redis.hget('session', 'user')).toBe('u1')
  now += 1
  expect(await redis.hgetall('session')).toBeNull()
  expect(await redis.dbsize()).toBe(1)
  now += 290_000
  expect(await redis.getdel('otp')).toBeNull()
  expect(await redis.ttl('otp')).toBe(-2)
})

test('counters keep their expiry and refuse what is no integer', async () => {
  await redis.set('n', 5, { ex: 100 })
  expect(await redis.incrby('n', 7)).toBe(12)
  expect(await redis.ttl('n')).toBe(100)
  await redis.set('n', 'many')
  await expect(redis.incr('n')).rejects.toThrow('ERR value is not an integer or out of range')
})

test('errors are those of Redis and do not change anything', async () => {
  await redis.set('text', 'x')
  await expect(redis.hget('text', 'f')).rejects.toThrow('WRONGTYPE')
  await expect(redis.zadd('text', { score: 1, member: 'm' })).rejects.toThrow('WRONGTYPE')
  expect(await redis.get('text')).toBe('x')
  const replies = await Promise.all(
    [
      ['GET'],
      ['NOSUCH', 'a'],
      ['constructor'],
      ['SET', 'k', 'v', 'EX', '0'],
      ['SET', 'k', 'v', 'FOO'],
      ['BLPOP', 'k', '0'],
    ].map(async (command) => {
      const response = await post('/', JSON.stringify(command))
      return [response.status, await response.json()]
    }),
  )
  expect(replies).toEqual([
    [400, { error: "ERR wrong number of arguments for 'get' command" }],
    [400, { error: "ERR unknown command 'NOSUCH', with args beginning with: 'a' " }],
    [400, { error: "ERR unknown command 'constructor', with args beginning with: " }],
    [400, { error: "ERR invalid expire time in 'set' command" }],
    [400, { error: 'ERR syntax error' }],
    [400, { error: "ERR Command is not available: 'BLPOP'" }],
  ])
})

test('only the token opens the door', async () => {
  await expect(connect('wrong').get('k')).rejects.toThrow('WRONGPASS')
  const bare = await local.fetch(new Request('https://db.upstash.io/get/k'))
  expect(bare.status).toBe(401)
})

test('bodies that are no commands are refused', async () => {
  const bodies = ['', '{', '[]', '{"a":1}', '[["GET","k"]]', '[null]']
  expect(await Promise.all(bodies.map(async (body) => (await post('/', body)).status))).toEqual(
    bodies.map(() => 400),
  )
  expect((await post('/pipeline', '["GET","k"]')).status).toBe(400)
  expect((await post('/', JSON.stringify(['SET', 'k', 'x'.repeat(1_100_000)]))).status).toBe(413)
})

test('a pipeline answers each command; auto-pipelining sends one request', async () => {
  await redis.set('text', 'x')
  const response = await post(
    '/pipeline',
    JSON.stringify([
      ['SET', 'a', 1],
      ['LPUSH', 'text', 'b'],
      ['INCR', 'a'],
    ]),
  )
  expect(await response.json()).toEqual([
    { result: 'OK' },
    { error: 'WRONGTYPE Operation against a key holding the wrong kind of value' },
    { result: 2 },
  ])
  const auto = new Redis({ url: server.url, token: TOKEN, enableAutoPipelining: true, retry: false })
  const results = await Promise.all([auto.incr('a'), auto.set('b', 'two'), auto.mget('a', 'b', 'c')])
  expect(results).toEqual([3, 'OK', [3, 'two', null]])
})

test('a transaction runs whole or is discarded', async () => {
  expect(await redis.multi().set('a', 1).incr('a').lrange('list', 0, -1).exec()).toEqual(['OK', 2, []])
  const refused = await post('/multi-exec', JSON.stringify([['SET', 'a', 'changed'], ['GET']]))
  expect(refused.status).toBe(400)
  expect(await refused.json()).toEqual({ error: 'EXECABORT Transaction discarded because of previous errors.' })
  expect(await redis.get('a')).toBe(2)
})

test('base64 encodes every string but OK, in lists of lists too', async () => {
  const headers = { 'upstash-encoding': 'base64' }
  const read = async (command: string[]) => (await post('/', JSON.stringify(command), headers)).json()
  expect(await read(['SET', 'k', 'v'])).toEqual({ result: 'OK' })
  expect(await read(['GET', 'k'])).toEqual({ result: 'dg==' })
  expect(await read(['SCAN', '0'])).toEqual({ result: ['MA==', ['aw==']] })
  expect(await read(['EVAL', 'return {1, {"x", false}}', '0'])).toEqual({ result: [1, ['eA==', null]] })
})

test('a command can stand in the path', async () => {
  const headers = { authorization: `Bearer ${TOKEN}` }
  await local.fetch(new Request('https://db.upstash.io/set/a%2Fb/v?EX=100', { headers }))
  expect(await redis.get('a/b')).toBe('v')
  expect(await redis.ttl('a/b')).toBe(100)
})

test('hashes, sets, lists and sorted sets through the client', async () => {
  expect(await redis.hset('h', { a: 1, b: 'two' })).toBe(2)
  expect(await redis.hincrby('h', 'a', 4)).toBe(5)
  expect(await redis.hgetall('h')).toEqual({ a: 5, b: 'two' })
  expect(await redis.hdel('h', 'a', 'b')).toBe(2)
  expect(await redis.exists('h')).toBe(0)
  await redis.sadd('s', 'x', 'y', 'z')
  await redis.sadd('t', 'y')
  expect(new Set(await redis.sdiff('s', 't'))).toEqual(new Set(['x', 'z']))
  expect(await redis.smismember('s', ['x', 'q'])).toEqual([1, 0])
  await redis.rpush('l', 'a', 'b', 'c', 'd')
  expect(await redis.lrange('l', 1, -2)).toEqual(['b', 'c'])
  expect(await redis.lpop('l', 2)).toEqual(['a', 'b'])
  await redis.zadd('z', { score: 3, member: 'c' }, { score: 1, member: 'a' }, { score: 2, member: 'b' })
  expect(await redis.zrange('z', 1, 2, { byScore: true, withScores: true })).toEqual(['a', 1, 'b', 2])
  expect(await redis.zrange('z', 0, 0, { rev: true })).toEqual(['c'])
  expect(await redis.zremrangebyscore('z', '-inf', '(3')).toBe(2)
  expect(await redis.zcard('z')).toBe(1)
})

test('SCAN meets every key that stays, though others go meanwhile', async () => {
  const keys = Array.from({ length: 35 }, (_, i) => `ride:${i}`)
  await Promise.all([...keys, 'other'].map((key) => redis.set(key, 1)))
  const seen: string[] = []
  let cursor = '0'
  do {
    const [next, page] = await redis.scan(cursor, { match: 'ride:*', count: 7 })
    seen.push(...page)
    await Promise.all(page.slice(0, 3).map((key) => redis.del(key)))
    cursor = next
  } while (cursor !== '0')
  expect(seen.toSorted()).toEqual(keys.toSorted())
})

const requestOf = (path: string, body: unknown) =>
  new Request(`https://db.upstash.io${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { authorization: 'Bearer t' },
  })

test('a snapshot survives a restart, expiries included', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'redis-'))
  const snapshotFile = join(folder, 'redis.json')
  try {
    const commands = [
      ['SET', 'a', '1', 'PX', '5000'],
      ['HSET', 'h', 'f', 'v'],
      ['SADD', 's', 'm'],
      ['RPUSH', 'l', 'x', 'y'],
      ['ZADD', 'z', 'inf', 'm'],
    ]
    const first = await startRedis({ token: 't', snapshotFile, clock: () => now })
    await first.fetch(requestOf('/pipeline', commands))
    await first.close()
    now += 4000
    const second = await startRedis({ token: 't', snapshotFile, clock: () => now })
    const reads = [
      ['PTTL', 'a'],
      ['HGETALL', 'h'],
      ['SMEMBERS', 's'],
      ['LRANGE', 'l', '0', '-1'],
      ['ZSCORE', 'z', 'm'],
    ]
    const reply = await second.fetch(requestOf('/pipeline', reads))
    await second.close()
    expect(await reply.json()).toEqual(
      [1000, ['f', 'v'], ['m'], ['x', 'y'], 'inf'].map((result) => ({ result })),
    )
    expect(existsSync(`${snapshotFile}.new`)).toBe(false)
    writeFileSync(snapshotFile, readFileSync(snapshotFile, 'utf8').slice(0, -5))
    await expect(startRedis({ token: 't', snapshotFile })).rejects.toThrow('delete it to start empty')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a server that does not answer is reported, not awaited', async () => {
  await expect(startRedis({ url: 'redis://127.0.0.1:1', token: 't' })).rejects.toThrow('No Redis answers')
})
