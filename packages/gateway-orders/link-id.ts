import type { GatewayLink } from '#packages/protocol/gateway-link.ts'

const BETWEEN = '/'

/** The id of a linked socket among the members of a room or hub. Native sockets' ids have no slash. */
export function linkId({ gateway, socket }: GatewayLink): string {
  return `${gateway}${BETWEEN}${socket}`
}

/** The link of that id; null for the id of a native socket. */
export function readLinkId(id: string): GatewayLink | null {
  const end = id.indexOf(BETWEEN)
  return end < 0 ? null : { gateway: id.slice(0, end), socket: id.slice(end + 1) }
}

/** Whether a member's socket is held by a gateway. */
export function isLinkId(id: string): boolean {
  return id.includes(BETWEEN)
}

/** The ids of sockets of the same gateway. */
export function siblings({ gateway }: GatewayLink, sockets: readonly string[]): string[] {
  return sockets.map((socket) => linkId({ gateway, socket }))
}
