import type { GatewaySource } from '#packages/protocol/gateway-link.ts'
import { MAX_EARLY_FRAMES } from './limits.ts'

/** What is said to a socket, or that it is closed. */
export type Early = { frame: string } | { closed: string }

/**
 * What a room or hub says to sockets that are just joining it. A member can be spoken to before the reply to its own
 * joining has come back, and must hear the greeting first.
 */
export class EarlyOrders {
  readonly #waiting = new Map<string, Early[]>()

  /** From now on what that source says to the socket waits. */
  begin(source: GatewaySource, link: string): void {
    this.#waiting.set(keyOf(source, link), [])
  }

  /** Whether it waits. */
  hold(source: GatewaySource, link: string, early: Early): boolean {
    // Nearly always nobody is joining, and this is asked for every socket that is spoken to.
    const waiting = this.#waiting.size === 0 ? undefined : this.#waiting.get(keyOf(source, link))
    if (!waiting) return false
    waiting.push(early)
    // Who gets so much said while it joins is not waited for.
    if (waiting.length > MAX_EARLY_FRAMES) waiting.splice(0, waiting.length, { closed: 'internal' })
    return true
  }

  /** Everything that has waited; from now on nothing does. */
  end(source: GatewaySource, link: string): Early[] {
    const key = keyOf(source, link)
    const waiting = this.#waiting.get(key) ?? []
    this.#waiting.delete(key)
    return waiting
  }
}

function keyOf(source: GatewaySource, link: string): string {
  return `${'ride' in source ? `ride ${source.ride}` : `user ${source.user}`} ${link}`
}
