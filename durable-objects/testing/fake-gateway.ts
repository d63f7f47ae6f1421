import type { Gateway, GatewayOrder } from '#packages/protocol/gateway-link.ts'
import { ServerFrame } from '#packages/protocol/server-frame.ts'

/** Gateways as a room sees them: what they were told, by gateway. Once asleep a room forgets them. */
export class FakeGateways {
  readonly orders: { gateway: string; order: GatewayOrder }[] = []
  /** Sockets that the gateways say they no longer have. */
  readonly gone = new Set<string>()
  isUp = true

  /** What a room reaches a gateway by. */
  readonly reach = (gateway: string): Gateway => ({
    take: async (_, orders) => {
      if (!this.isUp) throw new Error('the gateway is down')
      this.orders.push(...orders.map((order) => ({ gateway, order })))
      return orders.flatMap(({ sockets }) => sockets.filter((socket) => this.gone.has(socket)))
    },
  })

  /** The frames of one type that a socket was sent. */
  heard<Type extends ServerFrame['type']>(socket: string, type: Type): Extract<ServerFrame, { type: Type }>[] {
    const frames = this.orders.flatMap(({ order }) =>
      order.do === 'send' && order.sockets.includes(socket) ? [ServerFrame.parse(JSON.parse(order.frame))] : [],
    )
    return frames.filter((frame): frame is Extract<ServerFrame, { type: Type }> => frame.type === type)
  }
}
