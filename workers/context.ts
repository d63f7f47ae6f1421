import type { Redis } from '@upstash/redis'
import type { Db } from '#db/client.ts'
import type { Problem } from '#packages/errors/problem.ts'
import type { FilePurpose } from '#packages/files/purposes.ts'
import type { PaymentPort } from '#packages/payments/payment-port.ts'
import type { PicturePort } from '#packages/pictures/picture-port.ts'
import type { PlacesPort } from '#packages/places/places-port.ts'
import type { DriverFix } from '#packages/protocol/client-frame.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import type { PushPort } from '#packages/push/push-port.ts'
import type { LookOutcome } from '#packages/ride-room/look-at-ride.ts'
import type { ReportOutcome } from '#packages/ride-room/report-positions.ts'
import type { RoadsPort } from '#packages/routes/roads-port.ts'
import type { SmsPort } from '#packages/sms/sms-port.ts'
import type { ObjectStore } from '#packages/storage/object-store.ts'
import type { SignedUpload } from '#packages/storage/sign-upload.ts'
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
  /** What the holder of a pass sees of a ride at this moment, as a socket would be greeted with. */
  rideLocation(pass: RoomPass): Promise<LookOutcome>
  /** Positions of the ride's driver, in any order. */
  reportPositions(pass: RoomPass, positions: readonly DriverFix[]): Promise<ReportOutcome>
  /** The way so far, as long as the database does not have it; null where nothing is known of it. */
  rideTrace(rideId: string): Promise<TraceLine | null>
  /** Answers a WebSocket upgrade by connecting the caller to their hub. */
  joinHub(pass: HubPass, request: Request): Promise<Response>
  /**
   * Keeps events for a person and tells them to every device of theirs. Known by their id, so they may come again;
   * rejects when they did not get there. Returns whether a device was connected.
   */
  tellUser(userId: string, events: readonly UserEvent[]): Promise<boolean>
  /** Closes what was opened on sessions of a person; rejects when that did not get there. */
  endSessions(userId: string, sessionIds: readonly string[]): Promise<void>
  /** Shows a person's presence no longer: to these people, or to nobody. Rejects when that did not get there. */
  hidePresence(userId: string, from: readonly string[] | 'all'): Promise<void>
  /** Forgets all that was kept for a person whose account is gone; rejects when that did not get there. */
  forgetUser(userId: string): Promise<void>
  /** Answers a request of a Socket.IO client: a handshake, a poll, what it sends, or an upgrade. */
  socketIo(request: Request): Promise<Response>
  /** Tells people who are there, and nobody later. Never rejects. */
  passOn(userIds: readonly string[], frame: FleetingFrame): Promise<void>
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

/** An object of a stored file: `512.webp`, `document`. */
export interface FileVariant {
  name: string
  mediaType: string
  bytes: number
}

/** A stored file with its objects, the largest first. */
export interface StoredFile {
  id: string
  purpose: FilePurpose
  createdAt: Date
  variants: readonly FileVariant[]
}

/** Where a file can be downloaded. `expiresAt` is null for what anybody may see for as long as it exists. */
export interface FileLink {
  filename: string
  url: string
  expiresAt: Date | null
}

interface Upload {
  ownerId: string
  purpose: FilePurpose
}

/** What people upload, for every domain that has to do with files. */
export interface FilePort {
  /** Examines an upload, cleans it and keeps it. Throws one of `fileRefusals`. */
  keep(upload: Upload & { bytes: Uint8Array<ArrayBuffer> }, now: number): Promise<StoredFile>
  /** Lets a person upload straight into the bucket: the file's id, and the address to PUT so many bytes to. */
  invite(
    upload: Upload & { mediaType: string; size: number },
    now: number,
  ): Promise<{ id: string; expiresAt: Date } & SignedUpload>
  /** Takes up what arrived by invitation, as `keep` does. Undefined: no such invitation of this person. */
  complete(upload: { id: string; ownerId: string }, now: number): Promise<StoredFile | undefined>
  /** Throws `link_invalid` or `link_expired` where a link to this file was not made here, or some time ago. */
  verifyLink(filename: string, expires: number, signature: string, now: number): Promise<void>
  /** The links of a file's objects, in their order; the private ones are signed and good for some minutes. */
  link(
    file: Pick<StoredFile, 'id' | 'purpose'> & { variants: readonly { name: string }[] },
    now: number,
  ): Promise<FileLink[]>
}

/** Keys derived from the application's secret, one for each purpose. */
export interface Keys {
  otp: Uint8Array<ArrayBuffer>
  /** Signs the links of private files. */
  links: Uint8Array<ArrayBuffer>
  /** Seals the numbers of documents. */
  documentNumbers: Uint8Array<ArrayBuffer>
  /** Seals where drivers are paid. */
  payoutDetails: Uint8Array<ArrayBuffer>
  quote: Uint8Array<ArrayBuffer>
  /** Makes the links to alerts. */
  alerts: Uint8Array<ArrayBuffer>
  /** Hides who searched for what. */
  searches: Uint8Array<ArrayBuffer>
  boarding: string
}

/** What the place where the application runs brings along. */
export interface Host {
  live: LivePort
  metrics: MetricsPort
  platform: Platform
  /** The bytes of files. */
  objects: ObjectStore
  pictures: PicturePort
}

/** What every request shares. Made once per isolate. */
export interface Services extends Host {
  settings: Settings
  db: Db
  redis: Redis
  sms: SmsPort
  push: PushPort
  /** Null: the platform takes no payments, and passengers pay the driver in cash. */
  payments: PaymentPort | null
  roads: RoadsPort
  places: PlacesPort
  files: FilePort
  keys: Keys
  tokens: AccessTokens
  log: Log
  /** Delivers what has committed and was not yet told, and the notifications that are due; returns how many events. */
  drainOutbox(): Promise<number>
  /** Finds saved searches for the rides of these routes that are new or changed, and has both sides told. To be deferred. */
  alertOfRoutes(routeIds: readonly string[]): Promise<void>
  /** Hands approved payouts that are due to the gateway; returns how many it has taken. To be deferred. */
  sendPayouts(): Promise<number>
  /** Takes in what the payment gateway told, and has people told of it. To be deferred. */
  takeWebhooks(): Promise<void>
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
