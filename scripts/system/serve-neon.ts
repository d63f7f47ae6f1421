import { createServer, type Server } from 'node:http'
import { neonConfig } from '@neondatabase/serverless'
import { type WebSocket, WebSocketServer } from 'ws'

export interface NeonTarget {
  accept(socket: WebSocket): void
}

/**
 * Serves Neon's WebSocket protocol of a local database on a loopback port, and points the Neon driver of this process
 * at it, while `work` runs. Migrations and the seed use it; the Worker itself only speaks HTTP.
 */
export async function withNeonSocket<Result>(
  database: NeonTarget,
  work: () => Promise<Result>,
): Promise<Result> {
  const http = createServer()
  const sockets = new WebSocketServer({ server: http })
  sockets.on('connection', (socket) => database.accept(socket))
  const port = await listen(http)
  neonConfig.wsProxy = () => `127.0.0.1:${port}`
  neonConfig.useSecureWebSocket = false
  try {
    return await work()
  } finally {
    for (const socket of sockets.clients) socket.close()
    await new Promise((resolve) => http.close(resolve))
  }
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : 0)
    })
  })
}
