import type { Duplex } from 'node:stream'
import { DatabaseError } from 'pg'
import type { Backend, Session } from './backend.ts'
import { isStartup, readMessages } from './read-messages.ts'
import {
  AUTHENTICATION_CLEARTEXT_PASSWORD,
  AUTHENTICATION_OK,
  errorResponse,
  TERMINATE,
} from './wire-messages.ts'

const REFUSE_ENCRYPTION = Buffer.from('N')

/**
 * Speaks PostgreSQL's protocol with one client until either side hangs up. Any password is accepted.
 * A client may send its start-up message, its password and its first query without waiting (Neon's driver does).
 * Never rejects.
 */
export async function serveClient(stream: Duplex, backend: Backend): Promise<void> {
  stream.on('error', () => stream.destroy())
  const write = (bytes: Uint8Array) => {
    if (stream.writable) stream.write(bytes)
  }
  let session: Session | undefined
  let started = false
  try {
    for await (const { type, bytes } of readMessages(stream)) {
      if (type === TERMINATE) break
      if (session) {
        await session.send(bytes)
      } else if (started) {
        session = await backend.open({ reply: write, hangUp: () => stream.destroy() })
        write(Buffer.concat([AUTHENTICATION_OK, session.greeting]))
      } else {
        started = isStartup(bytes)
        write(started ? AUTHENTICATION_CLEARTEXT_PASSWORD : REFUSE_ENCRYPTION)
      }
    }
  } catch (error) {
    const code = error instanceof DatabaseError ? error.code : undefined
    write(errorResponse('FATAL', code ?? '08006', error instanceof Error ? error.message : String(error)))
  } finally {
    await session?.end()
    stream.end()
  }
}
