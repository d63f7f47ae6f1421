import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { ServerFrame } from '#packages/protocol/server-frame.ts'
import { announceEvents } from '../announce-events.ts'
import type { Effect } from '../effect.ts'
import { joinRoom } from '../join-room.ts'
import { leaveRoom } from '../leave-room.ts'
import { receiveFrame } from '../receive-frame.ts'
import { ringAlarm } from '../ring-alarm.ts'
import { createRoom, type Room } from '../room.ts'
import { MemberRecord, RoomRecord } from '../room-record.ts'

/** A client's end of a socket. */
export interface FakeSocket {
  readonly id: string
  readonly pass: RoomPass
  readonly frames: ServerFrame[]
  closed: CloseReason | null
  /** What the shell keeps with the socket, as JSON. */
  record: string | null
}

/** Does what a Durable Object does around the kernel, in memory, with a clock that only the test moves. */
export class FakeShell {
  now = Date.UTC(2026, 10, 22, 6)
  room: Room
  alarmAt: number | null = null
  saves = 0
  stored: string | null = null
  readonly rideId: string
  readonly sockets = new Map<string, FakeSocket>()
  #joined = 0

  constructor(rideId: string) {
    this.rideId = rideId
    this.room = this.#rebuild()
  }

  join(pass: RoomPass, after: number | null = null): FakeSocket {
    this.#joined += 1
    const socket: FakeSocket = { id: `s${this.#joined}`, pass, frames: [], closed: null, record: null }
    this.sockets.set(socket.id, socket)
    this.#perform(joinRoom(this.room, { id: socket.id, pass, after }, this.now))
    return socket
  }

  say(socket: FakeSocket, frame: unknown): void {
    const text = typeof frame === 'string' || frame === null ? frame : JSON.stringify(frame)
    if (socket.closed === null) this.#perform(receiveFrame(this.room, socket.id, text, this.now))
  }

  hangUp(socket: FakeSocket): void {
    this.sockets.delete(socket.id)
    this.#perform(leaveRoom(this.room, socket.id, this.now))
  }

  announce(...events: RideEvent[]): void {
    this.#perform(announceEvents(this.room, events, this.now))
  }

  ringAlarm(): void {
    this.alarmAt = null
    this.#perform(ringAlarm(this.room, this.now))
  }

  /** Lets time pass; the alarm rings when it is due. */
  pass(ms: number): void {
    const until = this.now + ms
    while (this.alarmAt !== null && this.alarmAt <= until) {
      this.now = Math.max(this.now, this.alarmAt)
      this.ringAlarm()
    }
    this.now = until
  }

  /** The object is put to sleep and woken: storage and sockets survive, memory does not. */
  hibernate(): void {
    this.room = this.#rebuild()
  }

  /** The object's machine is lost: every socket with it, only storage survives. */
  crash(): void {
    this.sockets.clear()
    this.room = this.#rebuild()
  }

  #rebuild(): Room {
    const records = [...this.sockets.values()].flatMap(({ id, record }) =>
      record === null ? [] : [[id, MemberRecord.parse(JSON.parse(record))] as const],
    )
    const stored = this.stored === null ? null : RoomRecord.parse(JSON.parse(this.stored))
    return createRoom(this.rideId, stored, records, this.now)
  }

  #perform(effects: Effect[]): void {
    for (const effect of effects) {
      if (effect.do === 'save') {
        this.stored = JSON.stringify(effect.record)
        this.saves += 1
      } else if (effect.do === 'alarm') this.alarmAt = effect.at
      else if (effect.do === 'send') {
        const frame = ServerFrame.parse(JSON.parse(effect.frame))
        for (const id of effect.to) this.#socket(id).frames.push(frame)
      } else if (effect.do === 'keep') this.#socket(effect.member).record = JSON.stringify(effect.record)
      else {
        const socket = this.#socket(effect.member)
        socket.closed = effect.reason
        this.sockets.delete(socket.id)
      }
    }
  }

  #socket(id: string): FakeSocket {
    const socket = this.sockets.get(id)
    if (!socket) throw new Error(`the kernel speaks to ${id}, which is not there`)
    return socket
  }
}
