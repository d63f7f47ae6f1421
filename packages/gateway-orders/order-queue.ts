import type { GatewayOrder } from '#packages/protocol/gateway-link.ts'

/** A gateway that is behind by more orders than this is given up. A hub may be told of a hundred events at once. */
export const MAX_WAITING_ORDERS = 256

interface Waiting {
  order: GatewayOrder
  latest: string | undefined
}

/** What waits to be told to one gateway while it is busy with what came before. */
export class OrderQueue {
  #waiting: Waiting[] = []

  /** @param latest of orders with the same key only the last one counts: it replaces one that still waits */
  add(order: GatewayOrder, latest?: string): void {
    if (latest !== undefined) this.#waiting = this.#waiting.filter((each) => each.latest !== latest)
    this.#waiting.push({ order, latest })
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Whether something waits, and a newer one may take the place of any of it. */
  get isReplaceable(): boolean {
    return this.#waiting.length > 0 && this.#waiting.every(({ latest }) => latest !== undefined)
  }

  /** Everything that waits, in order; nothing waits afterwards. */
  takeAll(): GatewayOrder[] {
    const orders = this.#waiting.map(({ order }) => order)
    this.#waiting = []
    return orders
  }
}
