import type { GatewayBackend } from '#packages/protocol/gateway-backend.ts'
import type { Aside, GatewayLink, JoinOutcome, LinkedJoiner, Said } from '#packages/protocol/gateway-link.ts'
import type { HubOfGateway } from '#packages/protocol/hub-calls.ts'

/** What a gateway asks of the room of a ride. */
export interface RoomOfGateway {
  /** What came of each, in their order. Who joins again is greeted again. */
  joinVia(joiners: readonly LinkedJoiner[]): Promise<JoinOutcome[]>
  /** All frames are one turn of the room's. */
  sayVia(link: GatewayLink, frames: readonly string[], aside?: Aside): Promise<Said>
  /** @param gone see `Aside` */
  leaveVia(link: GatewayLink, gone?: readonly string[]): Promise<void>
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
  /** Does something in so many milliseconds, if the gateway is in memory until then. */
  after(milliseconds: number, task: () => void): void
}
