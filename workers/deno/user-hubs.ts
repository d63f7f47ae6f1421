import type { HubPass } from '#packages/protocol/hub-pass.ts'
import type { FleetingFrame } from '#packages/protocol/hub-server-frame.ts'
import { passOnTo } from '#packages/user-hub/run-errand.ts'
import type { RunningHub } from '#packages/user-hub/running-hub.ts'
import type { HubPeople, HubSurroundings } from '#packages/user-hub/surroundings.ts'
import type { Log } from '../http/log.ts'
import { LiveHub } from './live-hub.ts'
import type { RoomSocket } from './upgrade-socket.ts'

export interface HubsOfProcess {
  log: Log
  people: HubPeople
  gateway: HubSurroundings['gateway']
  clock?: () => number
}

/** The hubs of all people, in this process and nowhere else. */
export class UserHubs {
  readonly #hubs = new Map<string, LiveHub>()
  readonly #surroundings: HubSurroundings

  constructor({ log, people, gateway, clock = Date.now }: HubsOfProcess) {
    this.#surroundings = {
      people,
      gateway,
      hubOf: (userId) => this.of(userId),
      now: clock,
      report: (message, details) => log.error(`user hub: ${message}`, details),
    }
  }

  get size(): number {
    return this.#hubs.size
  }

  /** Connects who holds the pass to their hub as soon as the socket is open. */
  join(socket: RoomSocket, pass: HubPass, after: number | null): void {
    socket.addEventListener('open', () => this.#hubOf(pass.userId).join(socket, pass, after))
  }

  /** The hub of a person. */
  of(userId: string): RunningHub {
    return this.#hubOf(userId).running
  }

  /** Tells people who are there. */
  async passOn(userIds: readonly string[], frame: FleetingFrame): Promise<void> {
    await passOnTo(this.#surroundings, userIds, frame)
  }

  /** Forgets hubs that nobody comes back to. */
  forgetIdle(): void {
    for (const [userId, hub] of this.#hubs) {
      if (!hub.isIdle()) continue
      hub.close()
      this.#hubs.delete(userId)
    }
  }

  /** Ends every hub and its sockets. */
  close(): void {
    for (const hub of this.#hubs.values()) hub.close()
    this.#hubs.clear()
  }

  #hubOf(userId: string): LiveHub {
    const known = this.#hubs.get(userId)
    if (known) return known
    const hub = new LiveHub(userId, this.#surroundings)
    this.#hubs.set(userId, hub)
    return hub
  }
}
