import type { Gateway, GatewayOrder, GatewaySource, ReplyOrder } from '#packages/protocol/gateway-link.ts'
import { linkId } from './link-id.ts'
import { MAX_WAITING_ORDERS, OrderQueue } from './order-queue.ts'
import { SocketLists } from './socket-lists.ts'

export interface GatewaySurroundings {
  source: GatewaySource
  /** Hands orders to the gateway of that name; rejects when it cannot be reached after the usual retries. */
  take(gateway: string, source: GatewaySource, orders: readonly GatewayOrder[]): ReturnType<Gateway['take']>
  /** Told of linked sockets that are gone, by member id. */
  onGone(ids: string[]): void
  /** Told that a gateway could not be reached, or cannot keep up: none of its sockets will hear anything more. */
  onLost(gateway: string, error: unknown): void
}

/**
 * What a room or hub says to the sockets that gateways hold: one call at a time for each gateway, with everything that
 * has collected in the meantime, so that a slow gateway holds up nobody else and never has more than a few orders waiting.
 */
export class GatewayOrders {
  readonly #surroundings: GatewaySurroundings
  readonly #queues = new Map<string, OrderQueue>()
  readonly #busy = new Set<string>()
  readonly #lists = new SocketLists()

  constructor(surroundings: GatewaySurroundings) {
    this.#surroundings = surroundings
  }

  /**
   * Puts a frame in line for these linked sockets; the next `flush` hands it over.
   * @param latest frames with the same key replace each other while they wait
   */
  send(ids: readonly string[], frame: string, latest?: string): void {
    for (const [gateway, sockets] of this.#lists.byGateway(ids))
      this.#queue(gateway).add({ do: 'send', sockets, frame }, latest)
  }

  close(id: string, reason: string): void {
    for (const [gateway, sockets] of this.#lists.byGateway([id]))
      this.#queue(gateway).add({ do: 'close', sockets, reason })
  }

  /** Hands over what is in line to every gateway that is not busy. */
  flush(): void {
    for (const [gateway, queue] of this.#queues) {
      if (queue.length > MAX_WAITING_ORDERS) {
        this.#queues.delete(gateway)
        this.#surroundings.onLost(gateway, new Error('the gateway does not keep up'))
      } else if (queue.length > 0 && !this.#busy.has(gateway)) {
        this.#busy.add(gateway)
        void this.#hand(gateway, queue)
      }
    }
  }

  /**
   * What is in line for a gateway that is about to get a reply and may travel with that: only what newer frames replace, so
   * that being overtaken does no harm, and only while no call to that gateway is on its way.
   * @param knows the list of sockets that it remembers
   */
  takeReplaceable(gateway: string, knows?: string): ReplyOrder[] {
    const queue = this.#queues.get(gateway)
    if (!queue?.isReplaceable || this.#busy.has(gateway)) return []
    return queue.takeAll().flatMap((order): ReplyOrder[] => {
      if (order.do === 'close') return []
      const { frame, sockets } = order
      if (sockets.length === 1) return [{ frame, sockets }]
      const list = this.#lists.nameOf(sockets)
      return [list === knows ? { frame, list } : { frame, sockets, list }]
    })
  }

  #queue(gateway: string): OrderQueue {
    const known = this.#queues.get(gateway)
    if (known) return known
    const queue = new OrderQueue()
    this.#queues.set(gateway, queue)
    return queue
  }

  async #hand(gateway: string, queue: OrderQueue): Promise<void> {
    const around = this.#surroundings
    try {
      while (queue.length > 0) {
        const gone = await around.take(gateway, around.source, queue.takeAll())
        if (gone.length > 0) around.onGone(gone.map((socket) => linkId({ gateway, socket })))
      }
      this.#busy.delete(gateway)
    } catch (error) {
      this.#busy.delete(gateway)
      this.#queues.delete(gateway)
      around.onLost(gateway, error)
    }
  }
}
