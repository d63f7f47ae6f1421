import { linkId } from '#packages/gateway-orders/link-id.ts'
import type { DriverFix } from '#packages/protocol/client-frame.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { RideEvent } from '#packages/protocol/ride-event.ts'
import type { RoomPass } from '#packages/protocol/room-pass.ts'
import { ServerFrame, type TraceLine } from '#packages/protocol/server-frame.ts'
import { announceEvents } from '../announce-events.ts'
import type { Effect } from '../effect.ts'
import { joinRoom } from '../join-room.ts'
import { leaveRoom } from '../leave-room.ts'
import { type LookOutcome, lookAtRide } from '../look-at-ride.ts'
import { receiveFrame, receiveFrames } from '../receive-frame.ts'
import { type ReportOutcome, reportPositions } from '../report-positions.ts'
import type { PlanRow } from '../ride-plan.ts'
import { ringAlarm } from '../ring-alarm.ts'
import { createRoom, type Room } from '../room.ts'
import { MemberRecord, RoomRecord } from '../room-record.ts'
import { ringTimer } from '../settle-turn.ts'
import { takePlan } from '../take-plan.ts'
import { drawTrace, encodeTrace, traceStored } from '../trace.ts'
import type { TrackPoint } from '../track-point.ts'

/** A client's end of a socket. */
export interface FakeSocket {
  readonly id: string
  readonly pass: RoomPass
  readonly frames: ServerFrame[]
  /** When each of them was sent. */
  readonly times: number[]
  closed: CloseReason | null
  /** What the shell keeps with the socket, as JSON. */
  record: string | null
}

/** Does what a Durable Object does around the kernel, in memory, with a clock that only the test moves. */
export class FakeShell {
  now = Date.UTC(2026, 10, 22, 6)
  room: Room
  alarmAt: number | null = null
  /** How often an alarm was set, and when the last of them rings or rang: that is in storage. */
  alarmsSet = 0
  #lastAlarm: number | null = null
  timersRung = 0
  saves = 0
  stored: string | null = null
  timerAt: number | null = null
  /** What the database has: the ride's plan, and the traces that it was given. */
  plan: PlanRow | null = null
  databaseIsUp = true
  readonly track: TrackPoint[] = []
  readonly traces: (TraceLine | null)[] = []
  readonly rideId: string
  readonly sockets = new Map<string, FakeSocket>()
  /** What is awaited: it comes after the turn that asked for it. */
  readonly #later: (() => Effect[])[] = []
  #joined = 0

  constructor(rideId: string) {
    this.rideId = rideId
    this.room = this.#rebuild()
  }

  /** @param gateway that holds the socket; without, it is a native one */
  join(pass: RoomPass, after: number | null = null, gateway?: string): FakeSocket {
    this.#joined += 1
    const id = gateway === undefined ? `s${this.#joined}` : linkId({ gateway, socket: `s${this.#joined}` })
    const socket: FakeSocket = { id, pass, frames: [], times: [], closed: null, record: null }
    this.sockets.set(socket.id, socket)
    this.#perform(joinRoom(this.room, { id: socket.id, pass, after }, this.now))
    return socket
  }

  say(socket: FakeSocket, frame: unknown): void {
    const text = typeof frame === 'string' || frame === null ? frame : JSON.stringify(frame)
    if (socket.closed === null) this.#perform(receiveFrame(this.room, socket.id, text, this.now))
  }

  /** What a socket behind a gateway says at once; the first of it has waited there for so many milliseconds. */
  sayTogether(socket: FakeSocket, frames: readonly unknown[], waited: number): void {
    const texts = frames.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame)))
    if (socket.closed === null) this.#perform(receiveFrames(this.room, socket.id, texts, this.now, waited))
  }

  hangUp(socket: FakeSocket): void {
    this.sockets.delete(socket.id)
    this.#perform(leaveRoom(this.room, socket.id, this.now))
  }

  /** Positions that come over REST. */
  report(pass: RoomPass, ...positions: DriverFix[]): ReportOutcome {
    const { effects, outcome } = reportPositions(this.room, pass, positions, this.now)
    this.#perform(effects)
    return outcome
  }

  look(pass: RoomPass): LookOutcome {
    return lookAtRide(this.room, pass, this.now)
  }

  announce(...events: RideEvent[]): void {
    this.#perform(announceEvents(this.room, events, this.now))
  }

  ringAlarm(): void {
    this.alarmAt = null
    this.#perform(ringAlarm(this.room, this.now))
  }

  ringTimer(): void {
    this.timerAt = null
    this.timersRung += 1
    this.#perform(ringTimer(this.room, this.now))
  }

  /** Lets time pass; alarm and timer ring when they are due. */
  pass(ms: number): void {
    const until = this.now + ms
    for (let due = this.#nextDue(); due <= until; due = this.#nextDue()) {
      this.now = Math.max(this.now, due)
      if (this.timerAt === due) this.ringTimer()
      else this.ringAlarm()
    }
    this.now = until
  }

  /** The object falls asleep and wakes: as the platform does it, after some idle time without a timer. */
  hibernate(): void {
    while (this.timerAt !== null) this.pass(Math.max(0, this.timerAt - this.now))
    this.evict()
  }

  /** Memory is lost, whatever it was about to do; storage and sockets survive. */
  evict(): void {
    this.timerAt = null
    this.room = this.#rebuild()
  }

  /** The object's machine is lost: every socket with it, only storage survives. */
  crash(): void {
    this.sockets.clear()
    this.evict()
  }

  #nextDue(): number {
    return Math.min(this.alarmAt ?? Number.POSITIVE_INFINITY, this.timerAt ?? Number.POSITIVE_INFINITY)
  }

  #rebuild(): Room {
    const records = [...this.sockets.values()].flatMap(({ id, record }) =>
      record === null ? [] : [[id, MemberRecord.parse(JSON.parse(record))] as const],
    )
    const stored = this.stored === null ? null : RoomRecord.parse(JSON.parse(this.stored))
    const alarmAt = this.#lastAlarm !== null && this.#lastAlarm > this.now ? this.#lastAlarm : null
    return createRoom(this.rideId, stored, records, this.now, alarmAt)
  }

  #perform(effects: Effect[]): void {
    for (const effect of effects) this.#do(effect)
    for (let task = this.#later.shift(); task; task = this.#later.shift()) this.#perform(task())
  }

  #do(effect: Effect): void {
    switch (effect.do) {
      case 'send':
        for (const id of effect.to) {
          const socket = this.#socket(id)
          socket.frames.push(ServerFrame.parse(JSON.parse(effect.frame)))
          socket.times.push(this.now)
        }
        break
      case 'close': {
        const socket = this.#socket(effect.member)
        socket.closed = effect.reason
        this.sockets.delete(socket.id)
        break
      }
      case 'keep':
        this.#socket(effect.member).record = JSON.stringify(effect.record)
        break
      case 'forget':
        this.sockets.delete(effect.member)
        break
      case 'save':
        this.stored = JSON.stringify(effect.record)
        this.saves += 1
        break
      case 'alarm':
        this.alarmAt = effect.at
        this.#lastAlarm = effect.at
        this.alarmsSet += 1
        break
      case 'timer':
        this.timerAt = effect.at
        break
      case 'plan':
        this.#later.push(() => takePlan(this.room, this.plan, this.now))
        break
      case 'forget-plan':
        break
      case 'track':
        this.track.push(...effect.points)
        break
      case 'replay': {
        const frame = encodeTrace(this.track, effect.after, effect.since)
        if (frame !== null) this.#do({ do: 'send', to: [effect.to], frame })
        break
      }
      case 'store-trace':
        this.traces.push(drawTrace(this.track))
        if (this.databaseIsUp) this.#later.push(() => traceStored(this.room, this.now))
        break
      case 'forget-trace':
        this.track.length = 0
    }
  }

  #socket(id: string): FakeSocket {
    const socket = this.sockets.get(id)
    if (!socket) throw new Error(`the kernel speaks to ${id}, which is not there`)
    return socket
  }
}
