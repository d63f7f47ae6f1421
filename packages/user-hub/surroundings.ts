import type { Gateway } from '#packages/protocol/gateway-link.ts'
import type { HubOfOthers } from '#packages/protocol/hub-calls.ts'

/** What a hub asks of the database. */
export interface HubPeople {
  /** Whom of these people a person may watch now. */
  watchable(userId: string, users: readonly string[], now: number): Promise<string[]>
  /** The others of a conversation who hear that a member writes; nobody where that person takes no part. */
  othersIn(conversationId: string, userId: string): Promise<string[]>
  /** Notes that messages have arrived with a person, and has their senders told. */
  delivered(userId: string, messageIds: readonly string[], now: number): Promise<void>
  /** Takes a driver offline who has been gone since that instant (Unix ms), unless they chose later or drive. */
  takeOffline(userId: string, since: number, now: number): Promise<void>
}

/** Everything around a hub that takes its time. */
export interface HubSurroundings {
  people: HubPeople
  /** The hub of somebody else. */
  hubOf: (userId: string) => HubOfOthers
  gateway: (name: string) => Gateway
  now: () => number
  /** Told of what goes wrong where no caller waits. */
  report: (message: string, details: Readonly<Record<string, unknown>>) => void
}
