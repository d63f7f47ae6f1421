import type { UserHubCalls } from '#packages/protocol/hub-calls.ts'
import { HUB_PASS_HEADER, type HubPass } from '#packages/protocol/hub-pass.ts'
import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import { handOver } from '../sockets/hand-over.ts'
import { retryReach } from '../sockets/retry-reach.ts'

/** What calls need of the hubs' namespace. */
export interface ReachableHubs {
  getByName(name: string): UserHubCalls
}

/** What sockets need of it. */
export interface UserHubs extends ReachableHubs {
  getByName(name: string): UserHubCalls & Pick<Fetcher, 'fetch'>
}

/**
 * Hands a WebSocket upgrade to the caller's hub with their pass.
 * @returns 101 with the socket; a refusal comes as a Close frame after it. 426 when the request is not an upgrade.
 * @throws what the platform throws when the hub cannot be reached
 */
export function joinUserHub(hubs: UserHubs, pass: HubPass, request: Request): Promise<Response> {
  const joining = handOver(HUB_PASS_HEADER, pass, request)
  return retryReach(() => hubs.getByName(pass.userId).fetch('https://user-hub/', joining))
}

/**
 * The hub of a person, for the application, for gateways and for other hubs. Whatever is asked may be asked again, so a call
 * is tried up to three times; it throws what the platform throws when the hub cannot be reached.
 */
export function reachUserHub(hubs: ReachableHubs, userId: string): UserHubCalls {
  const call = <Result>(ask: (hub: UserHubCalls) => Promise<Result>): Promise<Result> =>
    retryReach(async () => await ask(hubs.getByName(userId)))
  return {
    joinVia: (link, pass, after) => call((hub) => hub.joinVia(link, pass, after)),
    sayVia: (link, frames) => call((hub) => hub.sayVia(link, frames)),
    leaveVia: (link) => call((hub) => hub.leaveVia(link)),
    follow: (pid, rideIds) => call((hub) => hub.follow(pid, rideIds)),
    watch: (watcherId) => call((hub) => hub.watch(watcherId)),
    hearPresence: (ofUserId, presence) => call((hub) => hub.hearPresence(ofUserId, presence)),
    passOn: (frame) => call((hub) => hub.passOn(frame)),
    tell: (events) => call((hub) => hub.tell(events)),
    endSessions: (sessionIds) => call((hub) => hub.endSessions(sessionIds)),
    hidePresence: (from) => call((hub) => hub.hidePresence(from)),
    forget: () => call((hub) => hub.forget()),
  }
}

/** Tells people who are there, as far as their hubs can be reached. */
export async function passOnToUsers(
  hubs: ReachableHubs,
  userIds: readonly string[],
  frame: FleetingFrame,
): Promise<void> {
  await Promise.allSettled(userIds.map((userId) => reachUserHub(hubs, userId).passOn(frame)))
}
