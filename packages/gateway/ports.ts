import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import type { GatewayLink, JoinOutcome } from '#packages/protocol/gateway-link.ts'
import type { HubOfGateway } from '#packages/protocol/hub-calls.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'

/** What a gateway asks of the room of a ride. */
export interface RoomOfGateway {
  joinVia(link: GatewayLink, pass: RoomPass, after: number | null): Promise<JoinOutcome>
  /** False: it does not know the socket (any more). */
  sayVia(link: GatewayLink, frames: readonly string[]): Promise<boolean>
  leaveVia(link: GatewayLink): Promise<void>
}

/** What is around a gateway. */
export interface GatewaySurroundings {
  backend: GatewayBackend
  /** A call may be repeated, and is where the platform says so. */
  room(rideId: string): RoomOfGateway
  hub(userId: string): HubOfGateway
  /** Told of what went wrong where nobody waits. */
  report(message: string, error: unknown): void
  /** Unix milliseconds. */
  now(): number
}
