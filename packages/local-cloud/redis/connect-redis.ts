import { Redis } from 'ioredis'
import type { RedisBackend } from './redis-backend.ts'
import { type Outcome, RedisError, type Reply } from './reply.ts'
import { ScriptTranslator } from './translate-scripts.ts'

const CONNECT_TIMEOUT_MS = 5000

/** What ioredis answers over RESP 2: strings, integers, nil and lists of these. JSON has no place for an error in a list. */
function toReply(value: unknown): Reply {
  if (Array.isArray(value)) return value.map(toReply)
  if (value instanceof Error) throw new RedisError(value.message)
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  throw new TypeError(`Redis answered with a ${typeof value}`)
}

function toOutcome([failure, value]: [error: Error | null, result: unknown]): Outcome {
  if (failure) return { error: failure.message }
  try {
    return { result: toReply(value) }
  } catch (error) {
    if (error instanceof RedisError) return { error: error.message }
    throw error
  }
}

/**
 * A real Redis behind the REST front.
 * @param url `redis://…`
 * @throws when nobody answers within CONNECT_TIMEOUT_MS
 */
export async function connectRedis(url: string): Promise<RedisBackend> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    protocol: 2,
  })
  // Each failing command carries its own error; without a listener ioredis prints every reconnect.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    client.disconnect()
    throw new Error(`No Redis answers at ${new URL(url).host}`, { cause })
  }
  const scripts = new ScriptTranslator()
  return {
    kind: 'redis',
    async pipeline(commands) {
      const pipeline = client.pipeline()
      for (const argv of commands) pipeline.call(...scripts.command(argv))
      const results = (await pipeline.exec()) ?? []
      return results.map((result, index) => scripts.outcome(commands[index] ?? [], toOutcome(result)))
    },
    async transaction(commands) {
      const transaction = client.multi()
      for (const argv of commands) transaction.call(...scripts.command(argv))
      try {
        const results = (await transaction.exec()) ?? []
        return results.map((result, index) => scripts.outcome(commands[index] ?? [], toOutcome(result)))
      } catch (error) {
        throw new RedisError(error instanceof Error ? error.message : String(error), { cause: error })
      }
    },
    async close() {
      client.disconnect()
    },
  }
}
