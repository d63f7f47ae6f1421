import type {
  GatewayLink,
  GatewayOrder,
  GatewaySource,
  JoinOutcome,
  LinkedJoiner,
  ReplyOrder,
} from '#packages/protocol/gateway-link.ts'
import { GatheredAsks } from './gather-asks.ts'
import { JOINS } from './limits.ts'
import type { GatewaySurroundings, RoomOfGateway } from './ports.ts'

type Take = (source: GatewaySource, orders: readonly GatewayOrder[]) => string[]

interface KnownRide {
  /** Number of the last position told here. */
  told: number
  /** Sockets that are gone and that the room does not know of yet. */
  gone: string[]
  /** The sockets that the room named last. */
  list: { name: string; sockets: readonly string[] } | null
  joins: GatheredAsks<LinkedJoiner, JoinOutcome>
  room: RoomOfGateway
}

/** What a gateway says to rooms for its sockets. What a room has to say to others here may come with the reply. */
export class RoomLinks {
  readonly #room: GatewaySurroundings['room']
  readonly #take: Take
  readonly #rides = new Map<string, KnownRide>()

  /** @param take tells orders to sockets here; returns those that it no longer has */
  constructor({ room }: Pick<GatewaySurroundings, 'room'>, take: Take) {
    this.#room = room
    this.#take = take
  }

  /** Makes a socket a member. Those that join the same ride at the same time do it together. */
  join(rideId: string, joiner: LinkedJoiner): Promise<JoinOutcome> {
    return this.#of(rideId).joins.ask(joiner)
  }

  /** Passes frames on. False where the room does not know the socket (any more). @param waited see `Aside` */
  async say(self: GatewayLink, rideId: string, frames: readonly string[], waited = 0): Promise<boolean> {
    const gone = this.#takeGone(rideId)
    const knows = this.#rides.get(rideId)?.list?.name
    const aside = {
      ...(waited > 0 && { waited }),
      ...(gone.length > 0 && { gone }),
      ...(knows !== undefined && { knows }),
    }
    const { known, orders } = await this.#of(rideId).room.sayVia(self, frames, aside)
    if (orders.length > 0) {
      const ride = this.#of(rideId)
      const missing = this.#take(
        { ride: rideId },
        orders.map((order) => addressed(ride, order)),
      )
      if (missing.length > 0) ride.gone.push(...missing)
    }
    return known
  }

  async leave(self: GatewayLink, rideId: string): Promise<void> {
    await this.#of(rideId).room.leaveVia(self, this.#takeGone(rideId))
  }

  /** Whether a newer position was told already: a reply and a call may overtake each other. Else this is now the newest. */
  isOvertaken(rideId: string, seq: number): boolean {
    const ride = this.#of(rideId)
    if (seq < ride.told) return true
    ride.told = seq
    return false
  }

  /** Forgets all other rides. */
  keepOnly(rideIds: ReadonlySet<string>): void {
    for (const id of this.#rides.keys()) if (!rideIds.has(id)) this.#rides.delete(id)
  }

  #of(rideId: string): KnownRide {
    const known = this.#rides.get(rideId)
    if (known) return known
    const room = this.#room(rideId)
    const joins = new GatheredAsks<LinkedJoiner, JoinOutcome>((joiners) => room.joinVia(joiners), JOINS)
    const ride = { told: 0, gone: [], list: null, joins, room }
    this.#rides.set(rideId, ride)
    return ride
  }

  #takeGone(rideId: string): string[] {
    return this.#rides.get(rideId)?.gone.splice(0) ?? []
  }
}

/**
 * An order with its sockets, which are remembered under their name. A list that two replies have crossed over is forgotten by
 * the time the older one comes: what that says is overtaken.
 */
function addressed(ride: KnownRide, { frame, sockets, list: name }: ReplyOrder): GatewayOrder {
  if (sockets && name !== undefined) ride.list = { name, sockets }
  const known = ride.list?.name === name ? ride.list?.sockets : undefined
  return { do: 'send', sockets: sockets ?? known ?? [], frame }
}
