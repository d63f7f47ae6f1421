import { type Connection, type ConnectionContext, Server, type WSMessage } from 'partyserver'
import { PING, PONG } from '#packages/protocol/client-frame.ts'
import type { GatewayLink } from '#packages/protocol/gateway-link.ts'
import type { HubJoinOutcome, Presence, UserHubCalls } from '#packages/protocol/hub-calls.ts'
import { HUB_PASS_HEADER, HubPass } from '#packages/protocol/hub-pass.ts'
import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import type { UserEvent } from '#packages/protocol/user-event.ts'
import { createHub } from '#packages/user-hub/create-hub.ts'
import { ALARM_KEY, MemberRecord } from '#packages/user-hub/hub-record.ts'
import { type HubPlace, RunningHub } from '#packages/user-hub/running-hub.ts'
import { logFailure } from '../log-failure.ts'
import { takeOver } from '../sockets/hand-over.ts'
import { closeSocket, OpenSockets } from '../sockets/open-sockets.ts'
import { type HubBindings, hubSurroundings } from './hub-surroundings.ts'
import { SqlLog } from './sql-log.ts'

/** RFC 6455, 7.1.5: the client's Close frame had no code. partyserver answers every other one, and that it leaves hanging. */
const NO_STATUS = 1005
const NORMAL_CLOSURE = 1000

/**
 * The Durable Object of a person, named by their id: sockets, storage and alarm around the kernel in packages/user-hub.
 * Every entry is synchronous from the hub's rebuilding to its effects, so nothing interleaves and partyserver's
 * `onStart`, which RPC skips and which concurrent frames may run twice after a wake, is not needed.
 */
export class UserHub extends Server<HubBindings> implements UserHubCalls {
  static override options = { hibernate: true }
  #running: RunningHub | null = null
  readonly #sockets = new OpenSockets(MemberRecord)

  constructor(ctx: DurableObjectState, env: HubBindings) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
  }

  override onConnect(connection: Connection<MemberRecord>, { request }: ConnectionContext): void {
    // Anything thrown from here partyserver would send to the client, with its stack.
    try {
      const join = takeOver(request.headers, HUB_PASS_HEADER, HubPass)
      if (join === null) return closeSocket(connection, 'unauthenticated')
      const hub = this.#wake()
      this.#sockets.add(connection)
      hub.join({ id: connection.id, ...join })
    } catch (error) {
      logFailure('user hub', 'join failed', { error })
      closeSocket(connection, 'internal')
    }
  }

  override onMessage(connection: Connection<MemberRecord>, message: WSMessage): void {
    this.#wake().receive(connection.id, typeof message === 'string' ? message : null)
  }

  override onClose(connection: Connection<MemberRecord>, code?: number): void {
    if (code === NO_STATUS) connection.close(NORMAL_CLOSURE)
    // A socket that wakes the hub by closing is no longer listed, but it knows how far it came.
    const hub = this.#wake(connection)
    this.#sockets.delete(connection.id)
    hub.leave([connection.id])
  }

  override onError(connection: Connection<MemberRecord>): void {
    this.onClose(connection)
  }

  override onAlarm(): void {
    this.#wake().ring()
  }

  override onRequest(): Response {
    return new Response('This is a WebSocket endpoint', { status: 426, headers: { Upgrade: 'websocket' } })
  }

  joinVia(link: GatewayLink, pass: HubPass, after: number | null): Promise<HubJoinOutcome> {
    return this.#wake().joinVia(link, pass, after)
  }

  sayVia(link: GatewayLink, frames: readonly string[]): Promise<boolean> {
    return this.#wake().sayVia(link, frames)
  }

  leaveVia(link: GatewayLink): Promise<void> {
    return this.#wake().leaveVia(link)
  }

  follow(pid: string, rideIds: readonly string[]): Promise<void> {
    return this.#wake().follow(pid, rideIds)
  }

  watch(watcherId: string): Promise<Presence> {
    return this.#wake().watch(watcherId)
  }

  hearPresence(userId: string, presence: Presence): Promise<boolean> {
    return this.#wake().hearPresence(userId, presence)
  }

  passOn(frame: FleetingFrame): Promise<void> {
    return this.#wake().passOn(frame)
  }

  tell(events: readonly UserEvent[]): Promise<boolean> {
    return this.#wake().tell(events)
  }

  endSessions(sessionIds: readonly string[]): Promise<void> {
    return this.#wake().endSessions(sessionIds)
  }

  hidePresence(from: readonly string[] | 'all'): Promise<void> {
    return this.#wake().hidePresence(from)
  }

  forget(): Promise<void> {
    return this.#wake().forget()
  }

  /** The hub, rebuilt from storage and sockets when the object was asleep. */
  #wake(closing?: Connection<MemberRecord>): RunningHub {
    if (this.#running !== null) return this.#running
    const { kv, sql } = this.ctx.storage
    const log = new SqlLog(sql)
    const open = this.getConnections<MemberRecord>()
    const members = this.#sockets.restore(closing ? [...open, closing] : open)
    const hub = createHub(this.name, kv.list(), log, members, Date.now())
    this.#running = new RunningHub(hub, this.#place(log), hubSurroundings(this.env))
    return this.#running
  }

  /** Where the hub's effects go: the output gate holds a frame until the writes before it are durable. */
  #place(log: SqlLog): HubPlace {
    const { kv } = this.ctx.storage
    const sockets = this.#sockets
    return {
      send: (to, frame) => sockets.send(to, frame),
      close: (member, reason) => sockets.close(member, reason),
      keep: (member, record) => sockets.keep(member, record),
      put: (key, value) => kv.put(key, value),
      remove: (key) => void kv.delete(key),
      clear: () => {
        for (const [key] of [...kv.list()]) kv.delete(key)
        log.clear()
      },
      append: (event) => log.append(event),
      trim: (upTo) => log.trim(upTo),
      erase: (about) => log.erase(about),
      setAlarm: (at) => {
        kv.put(ALARM_KEY, at)
        void this.ctx.storage.setAlarm(at)
      },
    }
  }
}
