import type { Pool } from 'pg'

/** One authenticated connection to PostgreSQL, past its start-up dialogue. */
export interface Session {
  /** What the server says between AuthenticationOk and the first query: ParameterStatus…, ReadyForQuery. */
  readonly greeting: Uint8Array
  /** Hands over one whole message of the client. Resolves when the session can take the next one. */
  send(message: Uint8Array): Promise<void>
  /** Ends the session; an open transaction is rolled back. */
  end(): Promise<void>
}

/** Where a session's replies go. */
export interface SessionClient {
  reply(bytes: Uint8Array): void
  /** The server is gone. */
  hangUp(): void
}

/** What both kinds of database have in common; Neon's two protocols are built on it. */
export interface Backend {
  readonly kind: 'embedded' | 'postgres'
  /** For HTTP. */
  readonly pool: Pool
  /** For WebSockets. Rejects with an error for the client. */
  open(client: SessionClient): Promise<Session>
  dump(): Promise<Uint8Array>
  /** Called after every session has ended. */
  close(): Promise<void>
}
