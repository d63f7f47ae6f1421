import { Client, Pool } from 'pg'
import { serialize } from 'pg-protocol'
import type { Backend, Session, SessionClient } from './backend.ts'
import { DatabaseStartError } from './database-start-error.ts'
import { CONNECT_TIMEOUT_MS, POSTGRES_POOL_SIZE, STATEMENT_TIMEOUT_MS } from './limits.ts'
import { parameterStatus, readyForQuery } from './wire-messages.ts'

/** A real server. Throws `DatabaseStartError` when it does not let us in. */
export async function openPostgres(url: string): Promise<Backend> {
  const pool = new Pool({
    connectionString: url,
    max: POSTGRES_POOL_SIZE,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
  })
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    const reason = error instanceof Error ? error.message || error.name : String(error)
    throw new DatabaseStartError('unreachable', `Cannot connect to PostgreSQL at ${serverOf(url)}: ${reason}`, {
      cause: error,
    })
  }
  return {
    kind: 'postgres',
    pool,
    open: async (client) => await openSession(url, client),
    dump: async () => {
      throw new Error('Only the embedded database can be dumped; use pg_dump')
    },
    close: async () => undefined,
  }
}

/** `pg` authenticates; from then on the bytes pass through untouched. */
async function openSession(url: string, client: SessionClient): Promise<Session> {
  const connection = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS })
  const greeting: Uint8Array[] = []
  connection.on('error', () => client.hangUp())
  connection.connection.on('parameterStatus', (status: { parameterName: string; parameterValue: string }) => {
    greeting.push(parameterStatus(status.parameterName, status.parameterValue))
  })
  await connection.connect()
  const { stream } = connection.connection
  stream.removeAllListeners('data')
  stream.on('data', (bytes: Uint8Array) => client.reply(bytes))
  stream.on('close', () => client.hangUp())
  return {
    greeting: Buffer.concat([...greeting, readyForQuery('I')]),
    send: async (message) => {
      if (!stream.write(message))
        await new Promise((resolve) => stream.once('drain', resolve).once('close', resolve))
    },
    end: async () => {
      stream.end(serialize.end())
    },
  }
}

/** Host, port and database, without the password. */
function serverOf(url: string): string {
  if (!URL.canParse(url)) return 'the given address'
  const { host, pathname } = new URL(url)
  return `${host}${pathname}`
}
