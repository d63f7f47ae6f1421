import { serialize } from 'pg-protocol'
import type { Session, SessionClient } from './backend.ts'
import type { EmbeddedServer } from './embedded-server.ts'
import { NamedStatements } from './named-statements.ts'
import {
  COPY_TYPES,
  errorResponse,
  FLUSH,
  FUNCTION_CALL,
  QUERY,
  readyForQuery,
  SYNC,
  splitReady,
  type TransactionStatus,
} from './wire-messages.ts'

/**
 * The embedded server reads from a buffer, so COPY FROM STDIN would meet the end of its input, which is fatal.
 * This is what it meets instead; outside of COPY it is ignored.
 */
const NO_COPY = serialize.copyFail('COPY FROM STDIN is not available in the embedded database')

/** One of the connections that share the server's only session; it has the session to itself from the first message of a transaction to the last. */
export class EmbeddedSession implements Session {
  readonly greeting: Uint8Array
  readonly #server: EmbeddedServer
  readonly #client: SessionClient
  readonly #statements = new NamedStatements()
  #batch: Uint8Array[] = []
  #skipsToSync = false

  constructor(server: EmbeddedServer, client: SessionClient, greeting: Uint8Array) {
    this.#server = server
    this.#client = client
    this.greeting = greeting
  }

  async send(message: Uint8Array): Promise<void> {
    const type = String.fromCharCode(message[0] ?? 0)
    if (COPY_TYPES.includes(type) || (this.#skipsToSync && type !== SYNC)) return
    this.#batch.push(message)
    if (![QUERY, SYNC, FLUSH, FUNCTION_CALL].includes(type)) return
    const batch = this.#batch
    this.#batch = []
    if (this.#skipsToSync) {
      this.#skipsToSync = false
      this.#client.reply(readyForQuery('I'))
    } else if (await this.#server.enter(this, this.#statements.parseMessages())) {
      for (const sent of batch) this.#statements.note(sent)
      this.#client.reply(await this.#run(batch, type))
    } else {
      this.#skipsToSync = type === FLUSH
      this.#client.reply(lockTimeout(type))
    }
  }

  /** PGlite repeats ReadyForQuery after an error in the extended protocol; the client gets exactly one per Sync or Query. */
  async #run(batch: Uint8Array[], type: string): Promise<Uint8Array> {
    const { body, status = 'I' } = splitReady(await this.#server.execute([...batch, ...afterword(type)]))
    if (type === FLUSH) return body
    if (status === 'I') this.#server.leave(this)
    return Buffer.concat([body, readyForQuery(status)])
  }

  async end(): Promise<void> {
    await this.#server.abandon(this)
  }
}

function afterword(type: string): Uint8Array[] {
  return type === SYNC ? [NO_COPY, serialize.sync()] : [NO_COPY]
}

function lockTimeout(type: string): Uint8Array {
  const idle: TransactionStatus = 'I'
  const error = errorResponse(
    'ERROR',
    '55P03',
    'canceling statement due to lock timeout: another connection has the only session of the embedded database',
  )
  return type === FLUSH ? error : Buffer.concat([error, readyForQuery(idle)])
}
