import type { HubPass } from './hub-pass.ts'
import type { RoomPass } from './room-pass.ts'

/** Who a Socket.IO client is, after its token was verified. */
export interface GatewayCaller {
  userId: string
  sessionId: string
}

/** Why not, in the words of REST. */
export interface GatewayRefusal {
  code: string
  message: string
}

/** `isExpired`: the token was ours, but its time is over. */
export type Admission = { pass: HubPass; isExpired: boolean } | { refused: GatewayRefusal }

/** An operation, performed as that person would over REST. The body is JSON text, empty where there is none. */
export interface GatewayCall {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base path. */
  path: string
  body: string
}

/** Somebody who wants to follow a ride. */
export interface RideWish extends GatewayCaller {
  rideId: string
}

export type RideAdmission = { pass: RoomPass } | { refused: GatewayRefusal }

/**
 * What a gateway asks of the application. After a deployment thousands come back in the same second, so the two that
 * everybody needs are asked for many at once, at most `MAX_ASKED_TOGETHER`: one answer for each, in their order.
 */
export interface GatewayBackend {
  /** Who has these access tokens, if their sessions stand. */
  admit(tokens: readonly string[]): Promise<Admission[]>
  /** Passes to the rooms of rides, good for as long as the sessions stand. */
  passToRides(wishes: readonly RideWish[]): Promise<RideAdmission[]>
  call(caller: GatewayCaller, call: GatewayCall): Promise<{ status: number; body: string }>
}

export const MAX_ASKED_TOGETHER = 64
