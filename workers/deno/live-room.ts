import { closeReasons } from '#packages/protocol/close-codes.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { announceEvents } from '#packages/ride-room/announce-events.ts'
import type { Effect, MemberId } from '#packages/ride-room/effect.ts'
import { joinRoom } from '#packages/ride-room/join-room.ts'
import { leaveRoom } from '#packages/ride-room/leave-room.ts'
import { PASS_IN_FLIGHT_MS } from '#packages/ride-room/limits.ts'
import { receiveFrame } from '#packages/ride-room/receive-frame.ts'
import { ringAlarm } from '#packages/ride-room/ring-alarm.ts'
import { createRoom, type Room } from '#packages/ride-room/room.ts'
import type { RoomSocket } from './upgrade-socket.ts'

const OPEN = 1
/** The longest that a timer can wait. A room that is woken too early sets its alarm anew. */
const MAX_TIMER_MS = 2 ** 31 - 1

/** The room of a ride in this process: sockets and a timer around the kernel in packages/ride-room. */
export class LiveRoom {
  readonly #room: Room
  readonly #sockets = new Map<MemberId, RoomSocket>()
  readonly #clock: () => number
  readonly #onError: (error: unknown) => void
  #timer: ReturnType<typeof setTimeout> | undefined
  #lastNewsAt: number

  /** @param onError told of what goes wrong where no caller waits */
  constructor(rideId: string, clock: () => number, onError: (error: unknown) => void) {
    const now = clock()
    // Numbered from the present millisecond on: what this ride was told by a room that is forgotten, or lost with an
    // earlier process, had lower numbers, so none is ever given twice.
    const numbers = { seq: now, reserved: now, savedAt: now }
    const nothing = { startedAt: null, position: null, staleTold: null, seen: [], barred: [] }
    this.#room = createRoom(rideId, { v: 1, status: 'scheduled', ...nothing, ...numbers }, [], now)
    this.#clock = clock
    this.#onError = onError
    this.#lastNewsAt = now
  }

  /** Lets an open socket in, or closes it with the reason why not, and serves it until it closes. */
  join(socket: RoomSocket, pass: RoomPass, after: number | null): void {
    const id = crypto.randomUUID()
    this.#sockets.set(id, socket)
    socket.addEventListener('message', ({ data }) => {
      const text = typeof data === 'string' ? data : null
      this.#attempt(() => receiveFrame(this.#room, id, text, this.#clock()), id)
    })
    socket.addEventListener('close', () => {
      this.#sockets.delete(id)
      this.#attempt(() => leaveRoom(this.#room, id, this.#clock()))
    })
    this.#attempt(() => joinRoom(this.#room, { id, pass, after }, this.#clock()), id)
  }

  /** Takes in what was committed about this ride. At least once and in any order is fine. */
  announce(events: readonly RideEvent[]): void {
    this.#lastNewsAt = this.#clock()
    this.#perform(announceEvents(this.#room, events, this.#lastNewsAt))
  }

  /** Whether nothing is lost with it: nobody is here, no position is known, no pass made before its news is on its way. */
  isIdle(): boolean {
    if (this.#sockets.size > 0 || this.#room.position !== null) return false
    return this.#clock() - this.#lastNewsAt > PASS_IN_FLIGHT_MS
  }

  /** Ends every socket; the clients come back later. */
  close(): void {
    this.#stopTimer()
    for (const id of this.#sockets.keys()) this.#perform([{ do: 'close', member: id, reason: 'internal' }])
  }

  /** An error that left an event or a timer would end the process, and every ride with it: it costs one socket. */
  #attempt(turn: () => Effect[], id?: MemberId): void {
    try {
      this.#perform(turn())
    } catch (error) {
      this.#onError(error)
      if (id !== undefined) this.#perform([{ do: 'close', member: id, reason: 'internal' }])
    }
  }

  #perform(effects: readonly Effect[]): void {
    for (const effect of effects) {
      switch (effect.do) {
        case 'send':
          for (const id of effect.to) this.#send(id, effect.frame)
          break
        case 'close':
          this.#close(effect.member, effect.reason)
          break
        case 'alarm':
          this.#setAlarm(effect.at)
          break
        case 'keep':
        case 'save':
        // Both are for rooms that sleep; this one is its own memory.
      }
    }
  }

  #send(id: MemberId, frame: string): void {
    const socket = this.#sockets.get(id)
    // One that is closing leaves the room with its close event.
    if (socket?.readyState === OPEN) socket.send(frame)
  }

  #close(id: MemberId, reason: keyof typeof closeReasons): void {
    const socket = this.#sockets.get(id)
    this.#sockets.delete(id)
    socket?.close(closeReasons[reason].code, reason)
  }

  #setAlarm(at: number): void {
    this.#stopTimer()
    const delay = Math.min(Math.max(0, at - this.#clock()), MAX_TIMER_MS)
    this.#timer = setTimeout(() => this.#attempt(() => ringAlarm(this.#room, this.#clock())), delay)
  }

  #stopTimer(): void {
    if (this.#timer !== undefined) clearTimeout(this.#timer)
  }
}
