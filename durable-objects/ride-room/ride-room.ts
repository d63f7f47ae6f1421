import { type Connection, type ConnectionContext, Server, type WSMessage } from 'partyserver'
import { linkId, siblings } from '#packages/gateway-orders/link-id.ts'
import { type DriverFix, PING, PONG } from '#packages/protocol/client-frame.ts'
import type {
  Aside,
  Gateway,
  GatewayLink,
  JoinOutcome,
  LinkedJoiner,
  Said,
} from '#packages/protocol/gateway-link.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import { ROOM_PASS_HEADER, RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import { announceEvents } from '#packages/ride-room/announce-events.ts'
import type { MemberId } from '#packages/ride-room/effect.ts'
import { joinRoom } from '#packages/ride-room/join-room.ts'
import { leaveRoom } from '#packages/ride-room/leave-room.ts'
import { type LookOutcome, lookAtRide } from '#packages/ride-room/look-at-ride.ts'
import { receiveFrame, receiveFrames } from '#packages/ride-room/receive-frame.ts'
import { type ReportOutcome, reportPositions } from '#packages/ride-room/report-positions.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { ringAlarm } from '#packages/ride-room/ring-alarm.ts'
import type { Room } from '#packages/ride-room/room.ts'
import type { MemberRecord } from '#packages/ride-room/room-record.ts'
import { takeGreeting } from '#packages/ride-room/take-greeting.ts'
import { logFailure } from '../log-failure.ts'
import { takeOver } from '../sockets/hand-over.ts'
import { closeSocket } from '../sockets/open-sockets.ts'
import { databaseOf } from './ride-database.ts'
import { RoomHands } from './room-hands.ts'

/** RFC 6455, 7.1.5: the client's Close frame had no code. partyserver answers every other one, and that it leaves hanging. */
const NO_STATUS = 1005
const NORMAL_CLOSURE = 1000

/** What a room reaches beside its sockets. The gateways are absent where there is no Socket.IO. */
export interface RoomBindings {
  SOCKET_GATEWAY?: { getByName(name: string): Gateway }
}

/**
 * The Durable Object of a ride, named by its id: sockets, storage, alarm and timer around the kernel in
 * packages/ride-room. Every entry is synchronous from the room's rebuilding to its effects, so nothing interleaves and
 * partyserver's `onStart`, which RPC skips and which concurrent frames may run twice after a wake, is not needed.
 */
export class RideRoom extends Server<Cloudflare.Env & RoomBindings> {
  static override options = { hibernate: true }
  /** Replaced by tests, as the next. */
  database: RideDatabase = databaseOf(this.env)
  gateway = (name: string): Gateway => {
    if (!this.env.SOCKET_GATEWAY) throw new Error('there are no gateways here')
    return this.env.SOCKET_GATEWAY.getByName(name)
  }
  #room: Room | null = null
  readonly #hands = new RoomHands({
    rideId: this.name,
    storage: this.ctx.storage,
    database: () => this.database,
    gateway: (name) => this.gateway(name),
    room: () => this.#wake(),
  })

  constructor(ctx: DurableObjectState, env: Cloudflare.Env & RoomBindings) {
    super(ctx, env)
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG))
  }

  override onConnect(connection: Connection<MemberRecord>, { request }: ConnectionContext): void {
    // Anything thrown from here partyserver would send to the client, with its stack.
    try {
      const join = takeOver(request.headers, ROOM_PASS_HEADER, RoomPass)
      if (join === null) return closeSocket(connection, 'unauthenticated')
      const room = this.#wake()
      this.#hands.hold(connection)
      this.#hands.perform(joinRoom(room, { id: connection.id, ...join }, Date.now()))
    } catch (error) {
      logFailure('ride room', 'join failed', { error })
      closeSocket(connection, 'internal')
    }
  }

  /** Past partyserver, which looks at the attachment of a socket for every frame, where the socket is one we know. */
  override async webSocketMessage(socket: WebSocket, message: WSMessage): Promise<void> {
    const id = this.#hands.memberOf(socket)
    if (id === undefined) await super.webSocketMessage(socket, message)
    else this.#receive(id, message)
  }

  override onMessage(connection: Connection<MemberRecord>, message: WSMessage): void {
    this.#receive(connection.id, message)
  }

  override onClose(connection: Connection<MemberRecord>, code?: number): void {
    if (code === NO_STATUS) connection.close(NORMAL_CLOSURE)
    // A socket that wakes the room by closing is no longer listed, but it may carry the checkpoint.
    const room = this.#wake(connection)
    this.#hands.letGo(connection.id)
    this.#hands.perform(leaveRoom(room, connection.id, Date.now()))
  }

  override onError(connection: Connection<MemberRecord>): void {
    this.onClose(connection)
  }

  override onAlarm(): void {
    this.#hands.perform(ringAlarm(this.#wake(), Date.now()))
  }

  override onRequest(): Response {
    return new Response('This is a WebSocket endpoint', { status: 426, headers: { Upgrade: 'websocket' } })
  }

  /** RPC: takes in what was committed about this ride. At least once and in any order is fine. */
  async announce(events: readonly RideEvent[]): Promise<void> {
    this.#hands.perform(announceEvents(this.#wake(), events, Date.now()))
  }

  /** RPC: makes sockets of a gateway members, in one write; joining again replaces what was known of one. */
  async joinVia(joiners: readonly LinkedJoiner[]): Promise<JoinOutcome[]> {
    return joiners.map(({ link, pass }) => {
      const id = linkId(link)
      const joined = joinRoom(this.#wake(), { id, pass, after: null }, Date.now())
      const { outcome, effects } = takeGreeting(joined, id)
      this.#hands.perform(effects)
      return outcome
    })
  }

  /** RPC: what a linked socket says, as one turn. */
  async sayVia(
    link: GatewayLink,
    frames: readonly string[],
    { waited = 0, gone = [], knows }: Aside = {},
  ): Promise<Said> {
    const id = linkId(link)
    const room = this.#wake()
    if (gone.length > 0) this.#hands.perform(leaveRoom(room, siblings(link, gone), Date.now()))
    const known = room.members.has(id)
    const effects = receiveFrames(room, id, frames, Date.now(), waited)
    return { known, orders: this.#hands.perform(effects, { gateway: link.gateway, knows }) }
  }

  /** RPC: a linked socket is gone, and others of its gateway. */
  async leaveVia(link: GatewayLink, gone: readonly string[] = []): Promise<void> {
    const ids = siblings(link, [link.socket, ...gone])
    this.#hands.perform(leaveRoom(this.#wake(), ids, Date.now()))
  }

  /** RPC: what somebody sees at this moment. */
  async look(pass: RoomPass): Promise<LookOutcome> {
    return lookAtRide(this.#wake(), pass, Date.now())
  }

  /** RPC: positions that the driver's device hands in. */
  async report(pass: RoomPass, positions: readonly DriverFix[]): Promise<ReportOutcome> {
    const { effects, outcome } = reportPositions(this.#wake(), pass, positions, Date.now())
    this.#hands.perform(effects)
    return outcome
  }

  /** RPC: the way so far, until the database has it; null where nothing is known of it. */
  async readTrace(): Promise<TraceLine | null> {
    return this.#hands.trace()
  }

  #receive(id: MemberId, message: WSMessage): void {
    const text = typeof message === 'string' ? message : null
    this.#hands.perform(receiveFrame(this.#wake(), id, text, Date.now()))
  }

  /** The room, rebuilt from storage and sockets when the object was asleep. */
  #wake(closing?: Connection<MemberRecord>): Room {
    if (this.#room !== null) return this.#room
    const open = this.getConnections<MemberRecord>()
    this.#room = this.#hands.rebuild(closing ? [...open, closing] : open)
    return this.#room
  }
}
