import type { Outcome } from './reply.ts'

/** Runs commands behind the REST front: in memory or in a real Redis. */
export interface RedisBackend {
  readonly kind: 'embedded' | 'redis'
  /** One outcome a command, in order; a failing command does not stop the next. */
  pipeline(commands: string[][]): Promise<Outcome[]>
  /** As MULTI … EXEC: nobody comes between; throws a RedisError when one command could not be queued. */
  transaction(commands: string[][]): Promise<Outcome[]>
  close(): Promise<void>
}
