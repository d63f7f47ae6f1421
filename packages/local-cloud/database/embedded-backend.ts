import { type Duplex, duplexPair } from 'node:stream'
import { Pool } from 'pg'
import type { Backend } from './backend.ts'
import { EmbeddedServer, type ServerOptions } from './embedded-server.ts'
import { EmbeddedSession } from './embedded-session.ts'
import { EMBEDDED_POOL_SIZE } from './limits.ts'
import { serveClient } from './serve-client.ts'

/** PGlite with PostGIS, btree_gist and pg_trgm at hand (`CREATE EXTENSION` is left to the migrations). */
export async function openEmbedded(options: ServerOptions): Promise<Backend> {
  const { server, greeting } = await EmbeddedServer.start(options)
  const open: Backend['open'] = async (client) => new EmbeddedSession(server, client, greeting)
  const backend: Backend = {
    kind: 'embedded',
    pool: new Pool({
      max: EMBEDDED_POOL_SIZE,
      user: 'postgres',
      password: 'local',
      stream: () => socketTo(backend),
    }),
    open,
    dump: async () => await server.dump(),
    close: async () => await server.close(),
  }
  return backend
}

/** What `pg` takes for a TCP socket, with the embedded server at its other end. */
function socketTo(backend: Backend): Duplex {
  const [client, server] = duplexPair()
  void serveClient(server, backend)
  return Object.assign(client, {
    connect: () => process.nextTick(() => client.emit('connect')),
    setNoDelay: () => undefined,
    setKeepAlive: () => undefined,
    ref: () => undefined,
    unref: () => undefined,
  })
}
