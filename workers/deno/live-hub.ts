import { closeReasons } from '#packages/protocol/close-codes.ts'
import type { HubPass } from '#packages/protocol/hub-pass.ts'
import { createHub } from '#packages/user-hub/create-hub.ts'
import type { MemberId } from '#packages/user-hub/effect.ts'
import type { Hub } from '#packages/user-hub/hub.ts'
import { PASS_IN_FLIGHT_MS } from '#packages/user-hub/limits.ts'
import { MemoryLog } from '#packages/user-hub/memory-log.ts'
import { type HubPlace, RunningHub } from '#packages/user-hub/running-hub.ts'
import type { HubSurroundings } from '#packages/user-hub/surroundings.ts'
import type { RoomSocket } from './upgrade-socket.ts'

const OPEN = 1
/** The longest that a timer can wait. A hub that is woken too early sets its alarm anew. */
const MAX_TIMER_MS = 2 ** 31 - 1
/** A hub is kept this long for a person who comes back, since what it holds is nowhere else. */
const KEPT_MS = 3600_000

/** The hub of a person in this process: sockets, a log in memory and a timer around the kernel in packages/user-hub. */
export class LiveHub {
  readonly running: RunningHub
  readonly #hub: Hub
  readonly #sockets = new Map<MemberId, RoomSocket>()
  readonly #surroundings: HubSurroundings
  #timer: ReturnType<typeof setTimeout> | undefined
  #usedAt: number

  constructor(userId: string, surroundings: HubSurroundings) {
    const now = surroundings.now()
    // Numbered from the present millisecond on: what a hub that is forgotten, or lost with an earlier process, has told
    // had lower numbers, so none is ever given twice.
    const log = new MemoryLog(now)
    this.#hub = createHub(userId, [], log, [], now)
    this.#surroundings = surroundings
    this.#usedAt = now
    this.running = new RunningHub(this.#hub, this.#place(log), surroundings)
  }

  /** Connects an open socket, or closes it with the reason why not, and serves it until it closes. */
  join(socket: RoomSocket, pass: HubPass, after: number | null): void {
    const id = crypto.randomUUID()
    this.#sockets.set(id, socket)
    socket.addEventListener('message', ({ data }) => {
      this.#attempt(() => this.running.receive(id, typeof data === 'string' ? data : null), id)
    })
    socket.addEventListener('close', () => {
      this.#sockets.delete(id)
      this.#attempt(() => this.running.leave([id]))
    })
    this.#attempt(() => this.running.join({ id, pass, after }), id)
  }

  /** Whether it can be forgotten: nobody is here, and nobody who was is waited for. */
  isIdle(): boolean {
    const { members, gone, watchers, clients, lessSince } = this.#hub
    const quiet = this.#surroundings.now() - this.#usedAt
    if (members.size > 0 || gone !== null || lessSince !== null || quiet <= PASS_IN_FLIGHT_MS) return false
    return quiet > KEPT_MS || (this.#hub.oldestAt === null && watchers.size === 0 && clients.size === 0)
  }

  /** Ends every socket; the clients come back later. */
  close(): void {
    clearTimeout(this.#timer)
    for (const [id, socket] of this.#sockets) this.#close(id, socket, 'internal')
  }

  /** An error that left an event or a timer would end the process, and every hub with it: it costs one socket. */
  #attempt(turn: () => void, id?: MemberId): void {
    try {
      turn()
    } catch (error) {
      this.#surroundings.report('turn failed', { error })
      const socket = id === undefined ? undefined : this.#sockets.get(id)
      if (id !== undefined && socket) this.#close(id, socket, 'internal')
    }
  }

  #close(id: MemberId, socket: RoomSocket, reason: keyof typeof closeReasons): void {
    this.#sockets.delete(id)
    socket.close(closeReasons[reason].code, reason)
  }

  #setAlarm(at: number): void {
    clearTimeout(this.#timer)
    const delay = Math.min(Math.max(0, at - this.#surroundings.now()), MAX_TIMER_MS)
    this.#timer = setTimeout(() => this.#attempt(() => this.running.ring()), delay)
  }

  /** What a hub that sleeps has in storage this one has in the kernel's memory. */
  #place(log: MemoryLog): HubPlace {
    return {
      send: (to, frame) => {
        this.#usedAt = this.#surroundings.now()
        for (const id of to) {
          const socket = this.#sockets.get(id)
          // One that is closing leaves the hub with its close event.
          if (socket?.readyState === OPEN) socket.send(frame)
        }
        return []
      },
      close: (member, reason) => {
        const socket = this.#sockets.get(member)
        if (socket) this.#close(member, socket, reason)
      },
      keep: () => undefined,
      put: () => {
        this.#usedAt = this.#surroundings.now()
      },
      remove: () => undefined,
      clear: () => log.clear(),
      append: (event) => {
        this.#usedAt = this.#surroundings.now()
        log.append(event)
      },
      trim: (upTo) => log.trim(upTo),
      erase: (about) => log.erase(about),
      setAlarm: (at) => this.#setAlarm(at),
    }
  }
}
