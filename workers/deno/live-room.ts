import { GatewayOrders } from '#packages/gateway-orders/gateway-orders.ts'
import { isLinkId, linkId, siblings } from '#packages/gateway-orders/link-id.ts'
import type { DriverFix } from '#packages/protocol/client-frame.ts'
import { closeReasons } from '#packages/protocol/close-codes.ts'
import type {
  Aside,
  Gateway,
  GatewayLink,
  JoinOutcome,
  ReplyOrder,
  Said,
} from '#packages/protocol/gateway-link.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import { announceEvents } from '#packages/ride-room/announce-events.ts'
import type { Effect, MemberId } from '#packages/ride-room/effect.ts'
import { joinRoom } from '#packages/ride-room/join-room.ts'
import { leaveGateway, leaveRoom } from '#packages/ride-room/leave-room.ts'
import { PASS_IN_FLIGHT_MS } from '#packages/ride-room/limits.ts'
import { type LookOutcome, lookAtRide } from '#packages/ride-room/look-at-ride.ts'
import { receiveFrame, receiveFrames } from '#packages/ride-room/receive-frame.ts'
import { type ReportOutcome, reportPositions } from '#packages/ride-room/report-positions.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { ringAlarm } from '#packages/ride-room/ring-alarm.ts'
import { createRoom, type Room } from '#packages/ride-room/room.ts'
import { ringTimer } from '#packages/ride-room/settle-turn.ts'
import { takeGreeting } from '#packages/ride-room/take-greeting.ts'
import { takePlan } from '#packages/ride-room/take-plan.ts'
import { drawTrace, encodeTrace, traceStored } from '#packages/ride-room/trace.ts'
import type { TrackPoint } from '#packages/ride-room/track-point.ts'
import { newWatch } from '#packages/ride-room/watch.ts'
import { Bell } from './bell.ts'
import { RoomSockets } from './room-sockets.ts'
import type { RoomSocket } from './upgrade-socket.ts'

/** What rooms share in this process. */
export interface RoomSurroundings {
  database: RideDatabase
  gateway(name: string): Gateway
  clock(): number
  /** Told of what goes wrong where no caller waits. */
  onError(rideId: string, error: unknown): void
}

/** The room of a ride in this process: sockets and two timers around the kernel in packages/ride-room. */
export class LiveRoom {
  readonly #rideId: string
  readonly #around: RoomSurroundings
  readonly #room: Room
  readonly #sockets = new RoomSockets()
  readonly #orders: GatewayOrders
  readonly #alarm: Bell
  readonly #timer: Bell
  readonly #track: TrackPoint[] = []
  #lastNewsAt: number

  constructor(rideId: string, around: RoomSurroundings) {
    const clock = () => around.clock()
    const now = clock()
    this.#rideId = rideId
    this.#around = around
    // Numbered from the present millisecond on: what this ride was told by a room that is forgotten, or lost with an
    // earlier process, had lower numbers, so none is ever given twice.
    const numbers = { seq: now, reserved: now, traceTries: 0 }
    const nothing = { startedAt: null, position: null, pendingSince: null, staleTold: null }
    const lists = { seen: [], barred: [], watch: newWatch(), traceDue: null }
    this.#room = createRoom(rideId, { v: 1, status: 'scheduled', ...nothing, ...lists, ...numbers }, [], now)
    this.#orders = new GatewayOrders({
      source: { ride: rideId },
      take: (name, source, orders) => around.gateway(name).take(source, orders),
      onGone: (ids) => this.#attempt(() => leaveRoom(this.#room, ids, around.clock())),
      onLost: (name, error) => {
        around.onError(rideId, error)
        this.#attempt(() => leaveGateway(this.#room, name, around.clock()))
      },
    })
    this.#alarm = new Bell(clock, (at) => this.#attempt(() => ringAlarm(this.#room, at)))
    this.#timer = new Bell(clock, (at) => this.#attempt(() => ringTimer(this.#room, at)))
    this.#lastNewsAt = now
  }

  /** Lets an open socket in, or closes it with the reason why not, and serves it until it closes. */
  join(socket: RoomSocket, pass: RoomPass, after: number | null): void {
    const id = crypto.randomUUID()
    this.#sockets.add(id, socket)
    socket.addEventListener('message', ({ data }) => {
      const text = typeof data === 'string' ? data : null
      this.#attempt(() => receiveFrame(this.#room, id, text, this.#around.clock()), id)
    })
    socket.addEventListener('close', () => {
      this.#sockets.delete(id)
      this.#attempt(() => leaveRoom(this.#room, id, this.#around.clock()))
    })
    this.#attempt(() => joinRoom(this.#room, { id, pass, after }, this.#around.clock()), id)
  }

  /** Makes a gateway's socket a member; joining again replaces what was known of it. */
  joinVia(link: GatewayLink, pass: RoomPass): JoinOutcome {
    const id = linkId(link)
    const effects = joinRoom(this.#room, { id, pass, after: null }, this.#around.clock())
    const greeting = takeGreeting(effects, id)
    this.#perform(greeting.effects)
    return greeting.outcome
  }

  /** What a linked socket says, as one turn. */
  sayVia(link: GatewayLink, frames: readonly string[], { waited = 0, gone = [], knows }: Aside = {}): Said {
    const id = linkId(link)
    const now = this.#around.clock()
    if (gone.length > 0) this.#perform(leaveRoom(this.#room, siblings(link, gone), now))
    const known = this.#room.members.has(id)
    const effects = receiveFrames(this.#room, id, frames, now, waited)
    return { known, orders: this.#perform(effects, { gateway: link.gateway, knows }) }
  }

  /** A linked socket is gone, and others of its gateway. */
  leaveVia(link: GatewayLink, gone: readonly string[] = []): void {
    const ids = siblings(link, [link.socket, ...gone])
    this.#perform(leaveRoom(this.#room, ids, this.#around.clock()))
  }

  /** Takes in what was committed about this ride. At least once and in any order is fine. */
  announce(events: readonly RideEvent[]): void {
    this.#lastNewsAt = this.#around.clock()
    this.#perform(announceEvents(this.#room, events, this.#lastNewsAt))
  }

  look(pass: RoomPass): LookOutcome {
    return lookAtRide(this.#room, pass, this.#around.clock())
  }

  report(pass: RoomPass, positions: readonly DriverFix[]): ReportOutcome {
    const { effects, outcome } = reportPositions(this.#room, pass, positions, this.#around.clock())
    this.#perform(effects)
    return outcome
  }

  trace(): TraceLine | null {
    return drawTrace([...this.#track, ...this.#room.track])
  }

  /** Whether nothing is lost with it: nobody is here, no position or trace is kept, no pass made before its news is on its way. */
  isIdle(): boolean {
    const { members, position, traceDue } = this.#room
    if (members.size > 0 || this.#sockets.size > 0 || position !== null || traceDue !== null) return false
    return this.#around.clock() - this.#lastNewsAt > PASS_IN_FLIGHT_MS
  }

  /** Ends every socket; the clients come back later. */
  close(): void {
    this.#alarm.stop()
    this.#timer.stop()
    for (const id of this.#sockets.ids()) this.#sockets.close(id, closeReasons.internal.code, 'internal')
  }

  /** An error that left an event or a timer would end the process, and every ride with it: it costs one socket. */
  #attempt(turn: () => Effect[], id?: MemberId): void {
    try {
      this.#perform(turn())
    } catch (error) {
      this.#around.onError(this.#rideId, error)
      if (id !== undefined) this.#sockets.close(id, closeReasons.internal.code, 'internal')
    }
  }

  /** @param asking the gateway that a reply goes to, and the list that it knows; what may travel with that is returned */
  #perform(effects: readonly Effect[], asking?: { gateway: string; knows?: string | undefined }): ReplyOrder[] {
    for (const effect of effects) this.#do(effect)
    const orders = asking ? this.#orders.takeReplaceable(asking.gateway, asking.knows) : []
    this.#orders.flush()
    return orders
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        this.#send(effect.to, effect.frame, effect.latest)
        break
      case 'close':
        this.#sockets.close(effect.member, closeReasons[effect.reason].code, effect.reason)
        this.#orders.close(effect.member, effect.reason)
        break
      case 'alarm':
        this.#alarm.set(effect.at)
        break
      case 'timer':
        this.#timer.set(effect.at)
        break
      case 'plan':
        void this.#readPlan()
        break
      case 'track':
        this.#track.push(...effect.points)
        break
      case 'replay': {
        const frame = encodeTrace(this.#track, effect.after, effect.since)
        if (frame !== null) this.#send([effect.to], frame)
        break
      }
      case 'store-trace':
        void this.#storeTrace()
        break
      case 'forget-trace':
        this.#track.length = 0
        break
      case 'keep':
      case 'save':
      case 'forget':
      case 'forget-plan':
      // These are for rooms that sleep; this one is its own memory.
    }
  }

  #send(to: readonly MemberId[], frame: string, latest?: string): void {
    this.#sockets.send(to, frame, latest)
    const linked = to.filter(isLinkId)
    if (linked.length > 0) this.#orders.send(linked, frame, latest)
  }

  async #readPlan(): Promise<void> {
    const plan = await this.#around.database.loadPlan(this.#rideId).catch((error: unknown) => {
      this.#around.onError(this.#rideId, error)
      return null
    })
    this.#attempt(() => takePlan(this.#room, plan, this.#around.clock()))
  }

  async #storeTrace(): Promise<void> {
    try {
      const line = drawTrace(this.#track)
      // Never within the turn that asked.
      await (line && this.#around.database.storeTrace(this.#rideId, line))
      this.#perform(traceStored(this.#room, this.#around.clock()))
    } catch (error) {
      // The alarm for the next attempt is already set.
      this.#around.onError(this.#rideId, error)
    }
  }
}
