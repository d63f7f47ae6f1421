import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { createWebSocketStream, type WebSocket } from 'ws'
import { answerSql } from './answer-sql.ts'
import type { Backend } from './backend.ts'
import { openDirectory } from './data-directory.ts'
import { openEmbedded } from './embedded-backend.ts'
import { CLOSE_GRACE_MS } from './limits.ts'
import { openPostgres } from './postgres-backend.ts'
import { serveClient } from './serve-client.ts'

export { DatabaseStartError } from './database-start-error.ts'

/** Neon as the Worker sees it. */
export interface LocalDatabase {
  /** Answers Neon's HTTP protocol: POST /sql (single and batch). Anything else: 404. Never rejects. */
  fetch(request: Request): Promise<Response>
  /** Answers Neon's WebSocket protocol: PostgreSQL's own, in binary frames. `address` (wsProxy's) is not needed: there is one server. */
  accept(socket: WebSocket, address?: string): void
  /** Answers a client that speaks PostgreSQL's protocol over a plain stream, such as a TCP socket. */
  connect(stream: Duplex): void
  /** gzip tar of the data directory. Embedded only: a real server rejects. */
  dump(): Promise<Uint8Array>
  /** Rolls back what is open, ends every connection, frees the directory. */
  close(): Promise<void>
  readonly kind: 'embedded' | 'postgres'
}

export interface DatabaseOptions {
  /** postgres:// URL of a real server; absent: embedded */
  url?: string
  /** embedded: directory to keep data in; absent: in memory */
  dataDir?: string
  /** embedded: a dump to start from when dataDir is absent or empty */
  dump?: Uint8Array
  /** told of each slow step */
  onProgress?: (step: string) => void
}

/** Throws `DatabaseStartError` when the directory is in use or broken, or the server cannot be reached. */
export async function startDatabase(options: DatabaseOptions): Promise<LocalDatabase> {
  return serve(await openBackend(options))
}

async function openBackend({
  url,
  dataDir,
  dump,
  onProgress = () => undefined,
}: DatabaseOptions): Promise<Backend> {
  if (url !== undefined) {
    onProgress('connecting to PostgreSQL')
    return await openPostgres(url)
  }
  if (dataDir !== undefined) return await openDirectory(dataDir, dump, onProgress)
  onProgress(dump ? 'loading the saved database' : 'creating the database')
  return await openEmbedded({ dump })
}

function serve(backend: Backend): LocalDatabase {
  const clients = new Map<() => void, Promise<void>>()
  const welcome = (stream: Duplex, hangUp: () => void) => {
    const served = serveClient(stream, backend)
    clients.set(hangUp, served)
    void served.then(() => clients.delete(hangUp))
  }
  // A connection that breaks while idle leaves the pool by itself.
  backend.pool.on('error', () => undefined)
  return {
    kind: backend.kind,
    fetch: async (request) => await answerSql(request, backend.pool),
    accept: (socket) => welcome(createWebSocketStream(socket), () => socket.terminate()),
    connect: (stream) => welcome(stream, () => stream.destroy()),
    dump: async () => await backend.dump(),
    close: async () => {
      for (const hangUp of clients.keys()) hangUp()
      const ended = Promise.all([...clients.values(), backend.pool.end()])
      await Promise.race([ended, sleep(CLOSE_GRACE_MS, undefined, { ref: false })])
      await backend.close()
    },
  }
}
