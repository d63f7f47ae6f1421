import type { Context } from 'hono'
import type { TraceContext } from '#packages/trace/trace-context.ts'
import type { Actor, Services } from '../context.ts'
import type { Operation } from './operation.ts'

/** What the middlewares know of a request so far. */
export interface RequestState {
  services: Services
  requestId: string
  trace: TraceContext
  /** The caller's network address, for limits on callers who are not signed in. */
  address: string
  now: number
  actor: Actor | null
  /** Set when the router has found it. */
  operation: Operation | undefined
  /** Headers the reply gets besides those that all replies get. */
  headers: Headers
}

export interface AppEnv {
  Variables: { state: RequestState }
}

export type AppContext = Context<AppEnv>
