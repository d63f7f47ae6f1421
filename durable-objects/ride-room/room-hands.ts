import type { Connection } from 'partyserver'
import { GatewayOrders } from '#packages/gateway-orders/gateway-orders.ts'
import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import type { Gateway, ReplyOrder } from '#packages/protocol/gateway-link.ts'
import type { TraceLine } from '#packages/protocol/server-frame.ts'
import type { Effect, MemberId } from '#packages/ride-room/effect.ts'
import { leaveGateway, leaveRoom } from '#packages/ride-room/leave-room.ts'
import type { RideDatabase } from '#packages/ride-room/ride-database.ts'
import { createRoom, type Room } from '#packages/ride-room/room.ts'
import { MemberRecord } from '#packages/ride-room/room-record.ts'
import { ringTimer } from '#packages/ride-room/settle-turn.ts'
import { takePlan } from '#packages/ride-room/take-plan.ts'
import { drawTrace, encodeTrace, traceStored } from '#packages/ride-room/trace.ts'
import { logFailure } from '../log-failure.ts'
import { OpenSockets } from '../sockets/open-sockets.ts'
import { retryReach } from '../sockets/retry-reach.ts'
import { RoomStorage } from './room-storage.ts'

export interface RoomSurroundings {
  rideId: string
  storage: DurableObjectStorage
  database(): RideDatabase
  gateway(name: string): Gateway
  /** The room as it is in memory, woken where it was not. */
  room(): Room
}

/** Does what the kernel asks for: sockets, gateways, storage, alarm, timer, database. */
export class RoomHands {
  readonly #around: RoomSurroundings
  // partyserver's getConnections() asks the platform for every socket each time; the list changes only on joins.
  readonly #connections = new OpenSockets(MemberRecord)
  readonly #storage: RoomStorage
  readonly #orders: GatewayOrders
  /** Members whose sockets were found closed in this turn. */
  readonly #gone: MemberId[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Changes whenever a plan that is being read may be out of date. */
  #planAge = 0

  constructor(around: RoomSurroundings) {
    this.#around = around
    this.#storage = new RoomStorage(around.storage)
    this.#orders = new GatewayOrders({
      source: { ride: around.rideId },
      take: (name, source, orders) => retryReach(() => around.gateway(name).take(source, orders)),
      onGone: (ids) => void this.perform(leaveRoom(around.room(), ids, Date.now())),
      onLost: (name, error) => {
        logFailure('ride room', 'gateway lost', { error })
        this.perform(leaveGateway(around.room(), name, Date.now()))
      },
    })
  }

  /** The room as it was before the object slept, of what survived that. */
  rebuild(open: Iterable<Connection<MemberRecord>>): Room {
    const members = [...this.#connections.restore(open), ...this.#storage.links()]
    const now = Date.now()
    return createRoom(this.#around.rideId, this.#storage.load(), members, now, this.#storage.alarmAt(now))
  }

  hold(connection: Connection<MemberRecord>): void {
    this.#connections.add(connection)
  }

  /** Who speaks through a socket; undefined where it is not known, or nobody's any more. */
  memberOf(socket: WebSocket): MemberId | undefined {
    return this.#connections.idOf(socket)
  }

  letGo(id: MemberId): void {
    this.#connections.delete(id)
  }

  /** The way so far, until the database has it; null where nothing is known of it. */
  trace(): TraceLine | null {
    return drawTrace([...this.#storage.track(), ...this.#around.room().track])
  }

  /**
   * Does what the kernel asks, in its order: the output gate holds a frame until the writes before it are durable.
   * @param asking the gateway that a reply goes to, and the list of sockets that it knows; what may travel with that is returned
   */
  perform(effects: readonly Effect[], asking?: { gateway: string; knows?: string | undefined }): ReplyOrder[] {
    for (const effect of effects) this.#do(effect)
    const orders = asking ? this.#orders.takeReplaceable(asking.gateway, asking.knows) : []
    this.#orders.flush()
    const gone = this.#gone.splice(0)
    for (const id of gone) this.#connections.delete(id)
    if (gone.length > 0) this.perform(leaveRoom(this.#around.room(), gone, Date.now()))
    return orders
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'send': {
        const others = this.#connections.send(effect.to, effect.frame)
        if (others.length === 0) break
        this.#orders.send(others, effect.frame, effect.latest)
        this.#gone.push(...others.filter((id) => !isLinkId(id)))
        break
      }
      case 'close':
        this.#connections.close(effect.member, effect.reason)
        this.#orders.close(effect.member, effect.reason)
        this.#storage.forgetLink(effect.member)
        break
      case 'keep':
        if (isLinkId(effect.member)) this.#storage.keepLink(effect.member, effect.record)
        else this.#connections.keep(effect.member, effect.record)
        break
      case 'forget':
        this.#storage.forgetLink(effect.member)
        break
      case 'save':
        this.#storage.save(effect.record)
        break
      case 'alarm':
        this.#storage.setAlarm(effect.at)
        break
      case 'timer':
        this.#setTimer(effect.at)
        break
      case 'plan':
        void this.#readPlan()
        break
      case 'forget-plan':
        this.#planAge += 1
        this.#storage.forgetPlan()
        break
      case 'track':
        this.#storage.addToTrack(effect.points)
        break
      case 'replay': {
        const frame = encodeTrace(this.#storage.track(), effect.after, effect.since)
        if (frame !== null) this.#do({ do: 'send', to: [effect.to], frame })
        break
      }
      case 'store-trace':
        void this.#storeTrace()
        break
      case 'forget-trace':
        this.#storage.forgetTrack()
    }
  }

  /** Holds the object awake for a few seconds at most; what it would have done is done at the latest with the next call. */
  #setTimer(at: number | null): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    this.#timer = undefined
    if (at === null) return
    // When it rings that time has come, whatever a clock of coarse steps says.
    const ring = () => this.perform(ringTimer(this.#around.room(), Math.max(at, Date.now())))
    this.#timer = setTimeout(ring, Math.max(0, at - Date.now()))
  }

  async #readPlan(): Promise<void> {
    const age = this.#planAge
    try {
      const kept = this.#storage.plan()
      // Never within the turn that asked: what that turn says comes first.
      const plan = await (kept ?? this.#around.database().loadPlan(this.#around.rideId))
      if (kept === null && plan !== null && age === this.#planAge) this.#storage.keepPlan(plan)
      this.perform(takePlan(this.#around.room(), plan, Date.now()))
    } catch (error) {
      logFailure('ride room', 'plan not read', { error })
      this.perform(takePlan(this.#around.room(), null, Date.now()))
    }
  }

  async #storeTrace(): Promise<void> {
    try {
      const line = drawTrace(this.#storage.track())
      await (line && this.#around.database().storeTrace(this.#around.rideId, line))
      this.perform(traceStored(this.#around.room(), Date.now()))
    } catch (error) {
      // The alarm for the next attempt is already set.
      logFailure('ride room', 'trace not stored', { error })
    }
  }
}
