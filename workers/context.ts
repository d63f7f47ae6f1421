import type { Redis } from '@upstash/redis'
import type { Db } from '#db/client.ts'
import type { Problem } from '#packages/errors/problem.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { SmsPort } from '#packages/sms/sms-port.ts'
import type { Settings } from './env.ts'
import type { AccessTokens } from './http/access-tokens.ts'
import type { Log } from './http/log.ts'

export type Role = 'user' | 'driver'

/** Who is asking: a user, on one of their sessions. */
export interface Actor {
  userId: string
  sessionId: string
  role: Role
  /** When the access token ends, Unix milliseconds. */
  tokenExpiresAt: number
}

/** Everything live, wherever it runs. */
export interface LivePort {
  /** Answers a WebSocket upgrade by putting the caller into the ride's room. */
  joinRide(pass: RoomPass, request: Request): Promise<Response>
  /** Tells a ride's room what has been committed; rejects when it did not get there. */
  announce(rideId: string, events: RideEvent[]): Promise<void>
}

/** What differs between the places the application runs in. */
export interface Platform {
  /** The caller's network address as the platform vouches for it. */
  callerAddress(request: Request): string
  /** Keeps the platform from ending the request's work before it settles. */
  keepAlive(c: { executionCtx: { waitUntil(work: Promise<unknown>): void } }, work: Promise<unknown>): void
  /** Has the outbox drained again after so many seconds, before the next sweep: something could not be delivered. */
  drainSoon(afterSeconds: number): Promise<void>
  /** Accepts a WebSocket only to close it with a reason: a browser cannot see why an upgrade was refused. */
  refuseSocket(problem: Problem, request: Request): Response
}

/** Counts what the application does, for `/metrics`. */
export interface MetricsPort {
  /** One finished request. */
  observe(operation: string, status: number, seconds: number): void
  /** Whether enough has been observed to hand it over. */
  isDue(): boolean
  /** Hands over what was observed since the last time. */
  flush(): Promise<void>
  /** Everything counted so far, in the Prometheus text format. */
  expose(): Promise<string>
}

/** Keys derived from the application's secret, one for each purpose. */
export interface Keys {
  otp: Uint8Array<ArrayBuffer>
  quote: Uint8Array<ArrayBuffer>
  boarding: string
}

/** What the place where the application runs brings along. */
export interface Host {
  live: LivePort
  metrics: MetricsPort
  platform: Platform
}

/** What every request shares. Made once per isolate. */
export interface Services extends Host {
  settings: Settings
  db: Db
  redis: Redis
  sms: SmsPort
  keys: Keys
  tokens: AccessTokens
  log: Log
  /** Delivers what has committed and was not yet told; returns how many events. */
  drainOutbox(): Promise<number>
  /** What the clock does every minute. */
  sweep(): Promise<void>
}

/** What an operation gets: the services, who is asking, and when. */
export interface Ctx<A extends Actor | null = Actor> extends Services {
  actor: A
  /** The instant of the request, Unix milliseconds. One value for everything the request does. */
  now: number
  requestId: string
  request: Request
  /** Headers that the reply gets besides its own. */
  replyHeaders: Headers
  /** Work that goes on after the reply; its failure is logged. */
  defer(work: Promise<unknown>): void
}
