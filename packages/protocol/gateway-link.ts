import type { CloseReason } from './close-codes.ts'
import type { RoomPass } from './room-pass.ts'

/**
 * A socket that is held by a gateway (Socket.IO) and not by the room or hub it belongs to. Rooms and hubs treat it as a
 * member of theirs; what they say to it goes through its gateway, one call for all sockets of that gateway.
 */
export interface GatewayLink {
  /** The name of the gateway object. */
  gateway: string
  /** The socket's id, unique within its gateway and never used again. */
  socket: string
}

/** A socket that wishes to join the room of a ride. */
export interface LinkedJoiner {
  link: GatewayLink
  pass: RoomPass
}

/** What came of a socket's wish to join: what it hears at once, in order, or why it may not. */
export type JoinOutcome = { frames: string[] } | { closed: CloseReason }

/** Where what a gateway is told comes from. */
export type GatewaySource = { ride: string } | { user: string }

/** What a room or hub tells a gateway, in order. Frames are those of the native sockets, encoded once for all. */
export type GatewayOrder =
  | { do: 'send'; sockets: readonly string[]; frame: string }
  /** The sockets are no longer members; `reason` is one of `closeReasons`. */
  | { do: 'close'; sockets: readonly string[]; reason: string }

/** What goes along with the frames of a socket. */
export interface Aside {
  /** Milliseconds that the first of them has waited at the gateway: the room adds no second of its own. */
  waited?: number
  /** Sockets of this gateway that it was told to send something and no longer has. */
  gone?: readonly string[]
  /** The list of sockets that it remembers of this room. */
  knows?: string
}

/** Something to send that travels with a reply. */
export interface ReplyOrder {
  frame: string
  /** Absent where the gateway has said that it knows the list. */
  sockets?: readonly string[]
  /** The name of these sockets as a list, where they are several. Other lists have other names, in every room and at all times. */
  list?: string
}

/**
 * What a room answers to what was said. `known`: false where the socket is none of its members (any more). `orders`: positions
 * that this turn had for sockets of that very gateway; they may come later than others that were made after them.
 */
export interface Said {
  known: boolean
  orders: readonly ReplyOrder[]
}

/** A gateway as rooms and hubs see it: one call carries everything that one turn of theirs had to say. */
export interface Gateway {
  /** Returns the sockets among those addressed that it no longer has. */
  take(source: GatewaySource, orders: readonly GatewayOrder[]): Promise<string[]>
}
