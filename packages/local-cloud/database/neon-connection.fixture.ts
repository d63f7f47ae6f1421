/** For the tests: Neon's own driver, wired to a local database as the Worker is. */
import { once } from 'node:events'
import { neon, neonConfig, Pool } from '@neondatabase/serverless'
import { WebSocket, WebSocketServer } from 'ws'
import type { LocalDatabase } from './start-database.ts'

const URL_OF_NEON = 'postgres://user:password@db.neon.test/app'

export interface NeonConnection {
  sql: ReturnType<typeof neon<false, true>>
  /** A Pool over WebSockets; the caller ends it. */
  pool(): Pool
  close(): Promise<void>
}

export async function connectNeon(database: LocalDatabase): Promise<NeonConnection> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (socket) => database.accept(socket))
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  neonConfig.webSocketConstructor = WebSocket
  neonConfig.useSecureWebSocket = false
  neonConfig.wsProxy = (host) => `127.0.0.1:${port}/v2?address=${host}`
  neonConfig.fetchEndpoint = (host) => `https://${host}/sql`
  neonConfig.fetchFunction = async (url: string, init: RequestInit) =>
    await database.fetch(new Request(url, init))
  return {
    sql: neon(URL_OF_NEON, { fullResults: true }),
    pool: () => new Pool({ connectionString: URL_OF_NEON }),
    close: async () => {
      server.close()
      await once(server, 'close')
    },
  }
}
