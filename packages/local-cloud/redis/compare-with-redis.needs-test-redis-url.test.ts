import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectRedis } from './connect-redis.ts'
import { EmbeddedRedis } from './embedded-redis.ts'
import { randomCommands } from './random-commands.ts'
import type { RedisBackend } from './redis-backend.ts'
import type { Outcome, Reply } from './reply.ts'

/**
 * The in-memory Redis must answer as a real one does. Runs only with TEST_REDIS_URL=redis://127.0.0.1:<port>, an
 * empty throw-away server: its database is flushed.
 */
const url = process.env['TEST_REDIS_URL']

const UNORDERED = new Set(['SMEMBERS', 'SUNION', 'SINTER', 'SDIFF', 'HGETALL'])

/** Members of a set have no order, a status is a string on the wire, and of an error only the code is promised. */
function comparable(argv: string[], outcome: Outcome): unknown {
  if ('error' in outcome) return { error: outcome.error.split(' ')[0] }
  const plain = (reply: Reply): unknown => {
    if (Array.isArray(reply)) return reply.map(plain)
    return typeof reply === 'object' && reply !== null ? reply.ok : reply
  }
  const value = plain(outcome.result)
  return UNORDERED.has(argv[0] ?? '') && Array.isArray(value) ? value.map(String).toSorted(byText) : value
}

const byText = (left: string, right: string) => (left < right ? -1 : 1)

describe.skipIf(url === undefined)('with TEST_REDIS_URL', () => {
  let real: RedisBackend
  beforeAll(async () => {
    real = await connectRedis(url ?? '')
    expect(await real.pipeline([['DBSIZE']]), 'TEST_REDIS_URL must be an empty server').toEqual([{ result: 0 }])
  })
  afterAll(async () => {
    await real.pipeline([['FLUSHDB']])
    await real.close()
  })

  test('any sequence of commands is answered alike', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomCommands, { minLength: 1, maxLength: 30 }), async (sequence) => {
        const embedded = new EmbeddedRedis(() => Date.now())
        await real.pipeline([['FLUSHDB']])
        const [ours, theirs] = await Promise.all([embedded.pipeline(sequence), real.pipeline(sequence)])
        const show = (outcomes: Outcome[]) =>
          sequence.map((argv, index) => [argv, comparable(argv, outcomes[index] ?? { error: 'missing' })])
        expect(show(ours)).toEqual(show(theirs))
      }),
      { numRuns: Number(process.env['TEST_RUNS'] ?? 1000) },
    )
  })

  test('globs match alike', async () => {
    const pieces = fc.constantFrom(
      'a',
      'b',
      '*',
      '?',
      '[ab]',
      '[^a]',
      '[a-c]',
      '\\*',
      '\\?',
      '.',
      '(',
      'é',
      '-',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 5 }), async (parts) => {
        const setup = [
          ['FLUSHDB'],
          ...['a', 'b', 'ab', 'abc', '*', 'a.b', '(', 'cb', 'a-b'].map((name) => ['SET', name, '1']),
        ]
        const sequence = [...setup, ['KEYS', parts.join('')]]
        const answers = await Promise.all(
          [new EmbeddedRedis(() => 0), real].map(async (backend) => (await backend.pipeline(sequence)).at(-1)),
        )
        const [ours, theirs] = answers.map((answer) => comparable(['SMEMBERS'], answer ?? { error: 'none' }))
        expect(ours).toEqual(theirs)
      }),
      { numRuns: 300 },
    )
  })

  test('a transaction is refused alike', async () => {
    const sequence = [['SET', 'a', '1'], ['GET']]
    await expect(real.transaction(sequence)).rejects.toThrow('EXECABORT')
    await expect(new EmbeddedRedis(() => 0).transaction(sequence)).rejects.toThrow('EXECABORT')
    expect(
      await real.transaction([
        ['SET', 'a', '1'],
        ['LPUSH', 'a', 'x'],
        ['INCR', 'a'],
      ]),
    ).toEqual([{ result: 'OK' }, { error: expect.stringMatching(/^WRONGTYPE/) }, { result: 2 }])
  })

  test('a script with the header line of Upstash runs, by text and by digest', async () => {
    const script = '#!lua flags=allow-key-locking\nreturn KEYS[1]'
    const [load] = await real.pipeline([['SCRIPT', 'LOAD', script]])
    const digest = load && 'result' in load && typeof load.result === 'string' ? load.result : ''
    expect(
      await real.pipeline([
        ['EVAL', script, '1', 'k'],
        ['EVALSHA', digest, '1', 'k'],
      ]),
    ).toEqual([{ result: 'k' }, { result: 'k' }])
    expect(await new EmbeddedRedis(() => 0).pipeline([['SCRIPT', 'LOAD', script]])).toEqual([
      { result: digest },
    ])
  })
})
