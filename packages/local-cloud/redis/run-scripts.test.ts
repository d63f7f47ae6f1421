import { describe, expect, test } from 'vitest'
import { EmbeddedRedis } from './embedded-redis.ts'
import { scriptDigest } from './script-source.ts'

async function run(...commands: (string | number)[][]) {
  const redis = new EmbeddedRedis(() => 1_790_000_000_000)
  const outcomes = await redis.pipeline(commands.map((argv) => argv.map(String)))
  return outcomes.at(-1)
}
const evaluate = (script: string, ...rest: (string | number)[]) =>
  run(['EVAL', script, ...(rest.length > 0 ? rest : [0])])

describe('values cross the border as in Redis', () => {
  test.each([
    ['return 3.99', 3],
    ['return -3.99', -3],
    ['return "text"', 'text'],
    ['return true', 1],
    ['return false', null],
    ['return nil', null],
    ['return {1, "two", {3}, nil, 5}', [1, 'two', [3]]],
    ['return redis.status_reply("FINE")', { ok: 'FINE' }],
    ['return redis.call("SET", "k", "v")', { ok: 'OK' }],
    ['return redis.call("GET", "absent") == false', 1],
    ['return redis.call("INCRBY", "n", 10 / 2)', 5],
    ['return redis.call("INCRBY", "n", 4000000000)', 4_000_000_000],
    ['return redis.call("TIME")[1]', '1790000000'],
    ['return #"ü"', 2],
    ['return {unpack({1, 2})}', [1, 2]],
    ['return redis.sha1hex("")', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ])('%s', async (script, result) => {
    expect(await evaluate(script)).toEqual({ result })
  })
})

test('KEYS and ARGV are the two parts of the arguments', async () => {
  expect(await evaluate('return {KEYS[1], ARGV[1], #ARGV}', 1, 'k', 'a', 'b')).toEqual({
    result: ['k', 'a', 2],
  })
  expect(await evaluate('return 1', 3, 'k')).toHaveProperty('error')
})

test('call raises, pcall hands over', async () => {
  const bad = 'redis.call("SET", "k", "v"); local r = redis.%s("LPUSH", "k", "x")'
  expect(await evaluate(bad.replace('%s', 'call'))).toEqual({ error: expect.stringMatching(/^WRONGTYPE/) })
  expect(await evaluate(`${bad.replace('%s', 'pcall')} return r.err and "caught"`)).toEqual({
    result: 'caught',
  })
  expect(await evaluate('return redis.error_reply("MINE no")')).toEqual({ error: 'MINE no' })
})

test('what Redis refuses is refused', async () => {
  const scripts = [
    'return undefinedName',
    'leaked = 1',
    'return dofile("/etc/hostname")',
    'return redis.call("EVAL", "return 1", 0)',
    'return redis.call({})',
    'return redis.call()',
    'return (',
    'while true do end',
  ]
  const outcomes = await Promise.all(scripts.map((script) => evaluate(script)))
  for (const outcome of outcomes) expect(outcome).toEqual({ error: expect.stringMatching(/^ERR /) })
})

test('a failing script leaves the next one untouched', async () => {
  expect(await run(['EVAL', 'error("x")', 0], ['EVAL', 'return 7', 0])).toEqual({ result: 7 })
})

test('EVALSHA takes the digest of the text as sent, header line included', async () => {
  const script = '#!lua flags=allow-key-locking\nreturn 5'
  expect(await run(['EVALSHA', scriptDigest(script), 0])).toEqual({
    error: 'NOSCRIPT No matching script. Please use EVAL.',
  })
  expect(await run(['EVAL', script, 0], ['EVALSHA', scriptDigest(script).toUpperCase(), 0])).toEqual({
    result: 5,
  })
  expect(await run(['SCRIPT', 'LOAD', script])).toEqual({ result: scriptDigest(script) })
  expect(
    await run(['SCRIPT', 'LOAD', script], ['SCRIPT', 'FLUSH'], ['SCRIPT', 'EXISTS', scriptDigest(script)]),
  ).toEqual({
    result: [0],
  })
})

test('more scripts than are kept: the oldest is forgotten', async () => {
  const loads = Array.from({ length: 501 }, (_, i) => ['SCRIPT', 'LOAD', `return ${i}`])
  const known = ['SCRIPT', 'EXISTS', scriptDigest('return 0'), scriptDigest('return 500')]
  expect(await run(...loads, known)).toEqual({ result: [0, 1] })
})
