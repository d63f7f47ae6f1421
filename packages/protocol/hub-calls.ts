import type { CloseReason } from './close-codes.ts'
import type { GatewayLink } from './gateway-link.ts'
import type { HubPass } from './hub-pass.ts'
import type { FleetingFrame, PresenceState } from './hub-server-frame.ts'
import type { UserEvent } from './user-event.ts'

/**
 * What came of a Socket.IO socket's wish to join its hub: what it hears at once, which rides it followed, and whether its
 * `pid` was `known` of this session; or why not.
 */
export type HubJoinOutcome = { frames: string[]; rides: string[]; known: boolean } | { closed: CloseReason }

/** Where somebody is, as one hub tells another. */
export interface Presence {
  state: PresenceState
  /** Unix milliseconds; null while they are there, and where it is not known. */
  lastSeenAt: number | null
  /** Rises with every change, so that an older word that comes late is known. */
  version: number
}

/** What a gateway asks of the hub of a person. */
export interface HubOfGateway {
  /** @param after the number of the last event that the client has heard, if it was here before */
  joinVia(link: GatewayLink, pass: HubPass, after: number | null): Promise<HubJoinOutcome>
  /**
   * Frames as a native socket would send them; what they are answered comes as orders. False where the hub does not know
   * the socket (any more): it has to join again.
   */
  sayVia(link: GatewayLink, frames: readonly string[]): Promise<boolean>
  /** The socket is gone. */
  leaveVia(link: GatewayLink): Promise<void>
  /** Remembers which rides a client follows, in place of those before, until a day after its connection ended. */
  follow(pid: string, rideIds: readonly string[]): Promise<void>
}

/** What hubs ask of each other. */
export interface HubOfOthers {
  /** Has that person told when this one comes and goes, and says where they are. The permission was asked before. */
  watch(watcherId: string): Promise<Presence>
  /** Tells where a watched person is. False: nobody here watches them any more. */
  hearPresence(userId: string, presence: Presence): Promise<boolean>
  /** Tells who is there, and nobody else. */
  passOn(frame: FleetingFrame): Promise<void>
}

/** What the application asks of the hub of a person. Everything may be repeated. */
export interface HubOfApplication {
  /** Keeps events and tells them to every device. Returns whether there was one. */
  tell(events: readonly UserEvent[]): Promise<boolean>
  /** Closes what was opened on these sessions, and keeps out passes made before. */
  endSessions(sessionIds: readonly string[]): Promise<void>
  /** Shows the person's presence no longer: to these, or to nobody. */
  hidePresence(from: readonly string[] | 'all'): Promise<void>
  /** The account is gone: closes everything and forgets everything. */
  forget(): Promise<void>
}

export interface UserHubCalls extends HubOfGateway, HubOfOthers, HubOfApplication {}
