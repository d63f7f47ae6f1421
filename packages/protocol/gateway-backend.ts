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

/** What a gateway asks of the application. */
export interface GatewayBackend {
  /** Who has this access token, if their session stands. */
  admit(token: string): Promise<Admission>
  /** That person's pass to the room of a ride, good for as long as the session stands. */
  passToRide(caller: GatewayCaller, rideId: string): Promise<{ pass: RoomPass } | { refused: GatewayRefusal }>
  call(caller: GatewayCaller, call: GatewayCall): Promise<{ status: number; body: string }>
}
