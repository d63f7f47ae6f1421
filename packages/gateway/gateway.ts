import type { Admission, RideAdmission, RideWish } from '#packages/protocol/gateway-backend.ts'
import type {
  Gateway as GatewayCalls,
  GatewayLink,
  GatewayOrder,
  GatewaySource,
} from '#packages/protocol/gateway-link.ts'
import type { EngineOptions } from '#packages/socketio/engine-types.ts'
import type { SessionEnd } from '#packages/socketio/session-ends.ts'
import { BEAT_PAUSE_MS } from '#packages/socketio/settings.ts'
import { MAIN } from '#packages/socketio/socket-packets.ts'
import { SocketServer } from '#packages/socketio/socket-server.ts'
import type { ConnectAttempt, Membership, Socket, SocketApplication } from '#packages/socketio/socket-types.ts'
import { admitClient } from './admit-client.ts'
import { type Answer, closing, internal } from './answer.ts'
import { EarlyOrders } from './early-orders.ts'
import { EventQueue } from './event-queue.ts'
import { followAgain } from './follow-ride.ts'
import { GatheredAsks } from './gather-asks.ts'
import { framesOf } from './hand-over.ts'
import { handleEvent } from './handle-event.ts'
import { ASKS, CHECK_EVERY_MS } from './limits.ts'
import type { Member } from './member.ts'
import type { GatewaySurroundings } from './ports.ts'
import { PositionReports } from './position-reports.ts'
import { RoomLinks } from './room-links.ts'
import { latestPosition, positionPacket, toldEvent } from './told-event.ts'

export type Client = Socket<Member>

/**
 * Socket.IO for the application: a client is a member of its person's hub, and of the rooms of the rides it follows, by
 * links; what it says goes there or to the application, and what they say is told as events.
 */
export class Gateway implements SocketApplication<Member>, GatewayCalls {
  readonly server: SocketServer<Member>
  readonly name: string
  readonly around: GatewaySurroundings
  readonly early = new EarlyOrders()
  /** Who has an access token. */
  readonly admissions: GatheredAsks<string, Admission>
  readonly passes: GatheredAsks<RideWish, RideAdmission>
  readonly #clients = new Map<string, Client>()
  readonly #queue = new EventQueue<Client>()
  readonly rooms: RoomLinks
  readonly #positions = new PositionReports(this)

  constructor(
    name: string,
    around: GatewaySurroundings,
    options: Omit<EngineOptions<Membership<Member>>, 'upper'>,
  ) {
    this.name = name
    this.around = around
    this.admissions = new GatheredAsks((tokens) => around.backend.admit(tokens), ASKS)
    this.passes = new GatheredAsks((wishes) => around.backend.passToRides(wishes), ASKS)
    this.rooms = new RoomLinks(around, (source, orders) => this.#tellAll(source, orders))
    this.server = new SocketServer(this, options)
  }

  /** What rooms and hubs know a client by. */
  linkOf({ content }: Client): GatewayLink {
    return { gateway: this.name, socket: content.link }
  }

  /** Takes in a client that was let in, or that outlived the process's memory. */
  add(client: Client): void {
    this.#clients.set(client.content.link, client)
  }

  isHere(client: Client): boolean {
    return this.#clients.get(client.content.link) === client
  }

  connect(attempt: ConnectAttempt<Member>): void {
    if (attempt.nsp !== MAIN) return attempt.refuse('Invalid namespace')
    admitClient(this, attempt).catch((error: unknown) => {
      this.around.report('connect failed', error)
      attempt.refuse('Something went wrong on our side', { code: 'internal' })
    })
  }

  event(client: Client, name: string, args: unknown[], answer: ((...args: unknown[]) => void) | null): void {
    const finish = (outcome: Answer) => {
      if (answer !== null) answer(outcome)
      else if (!outcome.ok && this.isHere(client))
        this.server.emit(client, ['refused', { event: name, code: outcome.code, message: outcome.message }])
    }
    if (name === POSITION_EVENT) return this.#positions.report(client, args[0], finish)
    // What came before it goes before it.
    const held = this.#positions.take(client)
    this.enqueue(client, async () => {
      for (const batch of held) await this.#positions.send(batch)
      if (!this.isHere(client)) return
      const outcome = await handleEvent(this, client, name, args[0]).catch((error: unknown) => {
        this.around.report(`event ${name} failed`, error)
        return internal
      })
      finish(outcome)
    })
  }

  /** Has something done after everything that the client has asked for before. */
  enqueue(client: Client, task: () => Promise<void>): void {
    if (!this.#queue.add(client, task)) this.server.engine.end(client.session, 'flood')
  }

  /** Nothing is sent that has to be acknowledged: clients say with `ack` up to where they have come. */
  acknowledged(): void {}

  disconnected(client: Client, _end: SessionEnd | null): void {
    if (!this.isHere(client)) return
    const { link, userId, rides } = client.content
    this.#clients.delete(link)
    const self = this.linkOf(client)
    const held = new Map(this.#positions.take(client).map((batch) => [batch.rideId, batch]))
    const leave = async (rideId: string) => {
      const batch = held.get(rideId)
      // The last that a driver said before the connection broke.
      if (batch) await this.rooms.say(self, rideId, framesOf(batch)).catch(() => undefined)
      await this.rooms.leave(self, rideId)
    }
    // Who cannot be told finds out with the next thing it says to the socket.
    void Promise.allSettled([this.around.hub(userId).leaveVia(self), ...rides.map(leave)])
  }

  /** Says what a room or hub has to say. */
  async take(source: GatewaySource, orders: readonly GatewayOrder[]): Promise<string[]> {
    return this.#tellAll(source, orders)
  }

  /** Each thing is encoded once for all of them. Returns the sockets that are not here. */
  #tellAll(source: GatewaySource, orders: readonly GatewayOrder[]): string[] {
    const gone = new Set<string>()
    for (const order of orders) {
      const early = order.do === 'send' ? { frame: order.frame } : { closed: order.reason }
      const here: Client[] = []
      for (const link of order.sockets) {
        if (this.early.hold(source, link, early)) continue
        const client = this.#clients.get(link)
        if (client && belongs(client, source)) here.push(client)
        else gone.add(link)
      }
      if (order.do === 'send') this.tell(source, here, order.frame)
      else for (const client of here) this.close(source, client, order.reason)
    }
    return [...gone]
  }

  /** Tells clients what a room or hub says. */
  tell(source: GatewaySource, clients: readonly Client[], frame: string): void {
    if (clients.length === 0) return
    const ride = 'ride' in source ? source.ride : null
    const plain = ride === null ? null : positionPacket(ride, frame)
    if (ride !== null && plain !== null) {
      if (this.rooms.isOvertaken(ride, plain.seq)) return
      return this.server.broadcastPacket(clients, plain.packet, latestPosition(ride))
    }
    const event = toldEvent(source, frame)
    if (event === null) return
    const { name, body, offset, latest, position } = event
    if (position !== undefined && ride !== null && this.rooms.isOvertaken(ride, position)) return
    this.server.broadcast(clients, offset === undefined ? [name, body] : [name, body, offset], latest)
  }

  /** A client is no longer a member: of a ride, or of its hub, which ends its connection. */
  close(source: GatewaySource, client: Client, reason: string): void {
    const why = closing(reason)
    if ('ride' in source) {
      this.setRides(client, (rides) => rides.filter((id) => id !== source.ride))
      this.server.emit(client, ['ride:closed', { rideId: source.ride, ...why }])
      if (why.reason !== 'session_revoked') return
    }
    this.hangUp(client, reason)
  }

  /** Ends a client's connection, with a last event that says why. */
  hangUp(client: Client, reason: string): void {
    const why = closing(reason)
    this.server.emit(client, ['closing', why])
    // After a disconnect packet a client does not come back by itself.
    if (why.client !== 'retry') this.server.disconnect(client)
    this.server.engine.end(client.session, why.reason)
  }

  /** Changes which rides a client follows; its hub remembers them for when it comes back. */
  setRides(client: Client, change: (rides: string[]) => string[]): void {
    const { userId, pid } = client.content
    const rides = change(client.content.rides)
    client.content = { ...client.content, rides }
    this.server.changed(client)
    this.around
      .hub(userId)
      .follow(pid, rides)
      .catch((error: unknown) => this.around.report('rides not remembered', error))
  }

  /** Pings, and looks now and then whether everybody is still known where they belong. */
  async beat(): Promise<void> {
    await this.server.engine.beat(() => new Promise((resolve) => this.around.after(BEAT_PAUSE_MS, resolve)))
    this.rooms.keepOnly(new Set([...this.#clients.values()].flatMap(({ content }) => content.rides)))
    const now = this.around.now()
    const { pingInterval } = this.server.engine.settings
    for (const client of this.#clients.values()) {
      const age = now - client.session.openedAt
      if (Math.floor(age / CHECK_EVERY_MS) > Math.floor((age - pingInterval) / CHECK_EVERY_MS))
        this.#check(client).catch((error: unknown) => this.around.report('check failed', error))
    }
  }

  /** A hub that had given this gateway up does not know its clients any more: they come back and get what they missed. */
  async #check(client: Client): Promise<void> {
    const { userId, rides } = client.content
    const self = this.linkOf(client)
    if (!(await this.around.hub(userId).sayVia(self, []))) return this.hangUp(client, 'internal')
    for (const rideId of rides)
      if (!(await this.rooms.say(self, rideId, []))) await followAgain(this, client, rideId)
  }
}

/** What an app reports the driver's position with. */
const POSITION_EVENT = 'location:update'

function belongs({ content }: Client, source: GatewaySource): boolean {
  return 'ride' in source ? content.rides.includes(source.ride) : content.userId === source.user
}
