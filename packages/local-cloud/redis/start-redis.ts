import { connectRedis } from './connect-redis.ts'
import { EmbeddedRedis } from './embedded-redis.ts'
import { keepSnapshot } from './keep-snapshot.ts'
import { serveRest } from './serve-rest.ts'

export interface RedisOptions {
  /** `redis://…` of a real server; absent: in memory. */
  url?: string
  /** What clients send as `Authorization: Bearer`. */
  token: string
  /** In memory only: keeps the data over restarts. */
  snapshotFile?: string
  /** In memory only: Unix ms, for tests. */
  clock?: () => number
}

export interface LocalRedis {
  /** Answers a request to `https://<database>.upstash.io/…`. */
  readonly fetch: (request: Request) => Promise<Response>
  close(): Promise<void>
  readonly kind: 'embedded' | 'redis'
}

/**
 * Upstash's REST protocol over Redis in memory or over a real one.
 * @throws when the server at `url` does not answer, or `snapshotFile` is not a snapshot
 */
export async function startRedis(options: RedisOptions): Promise<LocalRedis> {
  if (options.url !== undefined) {
    const backend = await connectRedis(options.url)
    return { fetch: serveRest(backend, options.token), close: () => backend.close(), kind: backend.kind }
  }
  const clock = options.clock ?? Date.now
  const backend = new EmbeddedRedis(clock)
  const stop =
    options.snapshotFile === undefined ? undefined : keepSnapshot(backend.keyspace, options.snapshotFile, clock)
  return {
    fetch: serveRest(backend, options.token),
    kind: backend.kind,
    async close() {
      stop?.()
      await backend.close()
    },
  }
}
