import { beat, isDead, nextBeat } from './beat.ts'
import type { Data, Effect, Turn } from './effect.ts'
import { endSession } from './end-session.ts'
import type { EngineOptions, EngineRequest, Session, Ticket, Wire } from './engine-types.ts'
import { MESSAGE, OPEN } from './packets.ts'
import { type EngineQuery, readQuery } from './read-query.ts'
import { dropProbe, receiveFrame, receiveProbe } from './receive-packet.ts'
import { beginPost, receivePoll, receivePost, releasePoll } from './receive-request.ts'
import { type Reply, refuse, text } from './refusals.ts'
import { sendMessages } from './send-packet.ts'
import { createSession, type EngineSession, handshake } from './session.ts'
import { endCode, type SessionEnd } from './session-ends.ts'
import { BEAT_PAUSES, type EngineSettings, PINGED_TOGETHER, TAKE_OVER_MS } from './settings.ts'

/** An Engine.IO server (protocol 4): any number of sessions, by polling and by WebSocket. */
export class EngineServer<Upper> {
  readonly settings: EngineSettings
  readonly sessions = new Map<string, Session<Upper>>()
  readonly #options: EngineOptions<Upper>

  constructor(options: EngineOptions<Upper>) {
    this.#options = options
    this.settings = options.settings
  }

  /** Answers a request of the polling transport. */
  async request(request: EngineRequest): Promise<Reply> {
    const { method, query } = request
    const read = readQuery(method, query, false)
    if (typeof read === 'string') return refuse(read)
    if (read.sid === null) return this.#open()
    const session = this.#find(read)
    if (!session) return refuse('session_unknown')
    if (method === 'GET') return this.#poll(session)
    return method === 'POST' ? this.#post(session, request) : refuse('bad_request')
  }

  /** Whether a WebSocket may be opened, and if not why: as a reply, or for a known kind of client by a Close frame. */
  ticket(method: string, query: URLSearchParams): Ticket | Reply | SessionEnd {
    const read = readQuery(method, query, true)
    if (typeof read === 'string') return refuse(read)
    if (read.sid === null)
      return this.#isFull() ? refuse('overloaded') : { sid: this.#options.newSid(), isUpgrade: false }
    const session = this.#find(read)
    return session && isUpgradable(session) ? { sid: session.sid, isUpgrade: true } : 'session_unknown'
  }

  /** Takes the WebSocket that was opened for a ticket. */
  attach({ sid, isUpgrade }: Ticket, wire: Wire): void {
    const now = this.#options.clock()
    if (!isUpgrade) {
      const session = this.#create(sid, 'websocket', now)
      session.wire = wire
      wire.send(OPEN + handshake(session, this.settings))
      return this.settle(session)
    }
    const session = this.sessions.get(sid)
    if (!session || !isUpgradable(session)) return wire.close(endCode('session_unknown'), 'session_unknown')
    session.probe = wire
    session.upgrade = { since: now, isProbed: false }
  }

  /** A frame came on a socket of the session. */
  receive(sid: string, wire: Wire, data: Data): void {
    const session = this.sessions.get(sid)
    if (session?.wire === wire) this.turn(session, (turn) => receiveFrame(turn, data))
    else if (session?.probe === wire) this.turn(session, (turn) => receiveProbe(turn, data))
  }

  /** A socket of the session is gone. */
  lost(sid: string, wire: Wire): void {
    const session = this.sessions.get(sid)
    if (session?.wire === wire) {
      session.wire = null
      this.turn(session, (turn) => endSession(turn, 'transport_close'))
    } else if (session?.probe === wire) {
      session.probe = null
      this.turn(session, dropProbe)
    }
  }

  /** Sends messages that belong together. `latest`: a newer one with this key may take their place while they wait. */
  send(session: Session<Upper>, messages: readonly Data[], latest?: string): void {
    this.turn(session, (turn) => sendMessages(turn, messages, latest))
  }

  /** Sends one text to many: encoded once, and on an open socket nothing but a counter and a write. */
  broadcast(sessions: readonly Session<Upper>[], message: string, latest?: string): void {
    const frame = MESSAGE + message
    for (const session of sessions) {
      const { wire } = session
      if (wire === null || session.unread + frame.length > this.settings.maxUnread)
        this.send(session, [message], latest)
      else {
        session.unread += frame.length
        wire.send(frame)
      }
    }
  }

  /** Ends a session with a reason; who polls still gets what was sent before. */
  end(session: Session<Upper>, end: SessionEnd): void {
    this.turn(session, (turn) => endSession(turn, end, true))
  }

  /**
   * Pings who is due and ends who is dead. Doing it twice does no harm.
   * @param pause lets others be served, after every few that were pinged
   */
  async beat(pause: () => Promise<void>): Promise<void> {
    const together = Math.max(PINGED_TOGETHER, Math.ceil(this.sessions.size / BEAT_PAUSES))
    let pinged = 0
    for (const session of this.sessions.values()) {
      const { pingedAt } = session
      this.turn(session, (turn) => beat(turn, this.#options.upper.isConnected(session)))
      if (session.pingedAt === pingedAt) continue
      pinged += 1
      if (pinged % together === 0) await pause()
    }
  }

  /** When `beat` is due next, Unix milliseconds; null: there is nobody. */
  nextBeat(): number | null {
    const now = this.#options.clock()
    let next: number | null = null
    for (const session of this.sessions.values()) {
      const due = nextBeat(session, this.settings, now)
      if (next === null || due < next) next = due
    }
    return next
  }

  /** Runs a step of a session, does what it asks, and keeps what has changed. */
  turn<Result>(session: Session<Upper>, step: (turn: Turn) => Result): Result {
    const turn: Turn = { session, settings: this.settings, now: this.#options.clock(), effects: [] }
    const result = step(turn)
    for (const effect of turn.effects) this.#perform(session, effect, turn.now)
    this.settle(session)
    return result
  }

  /** Keeps a session if anything about it that is kept has changed. */
  settle(session: Session<Upper>): void {
    if (!session.isChanged || !this.sessions.has(session.sid)) return
    session.isChanged = false
    this.#options.store.keep(session)
  }

  #open(): Reply {
    if (this.#isFull()) return refuse('overloaded')
    const session = this.#create(this.#options.newSid(), 'polling', this.#options.clock())
    this.settle(session)
    return text(OPEN + handshake(session, this.settings))
  }

  #create(sid: string, transport: 'polling' | 'websocket', now: number): Session<Upper> {
    const engine = createSession(sid, transport, this.settings, now)
    const session = { ...engine, wire: null, probe: null, answer: null, upper: this.#options.upper.create() }
    this.sessions.set(sid, session)
    return session
  }

  async #poll(session: Session<Upper>): Promise<Reply> {
    const reply = this.turn(session, receivePoll)
    if (typeof reply !== 'string') return reply
    const { promise, resolve } = Promise.withResolvers<Reply>()
    session.answer = resolve
    if (reply === 'held-briefly') setTimeout(() => this.turn(session, releasePoll), TAKE_OVER_MS)
    return promise
  }

  async #post(session: Session<Upper>, request: EngineRequest): Promise<Reply> {
    const refusal = this.turn(session, beginPost)
    if (refusal !== null) return refusal
    const body = await request.readBody(this.settings.maxPayload)
    return this.turn(session, (turn) => receivePost(turn, body))
  }

  /** A session that has been silent for too long is found out when it is asked for, even before its heartbeat. */
  #find({ sid }: EngineQuery): Session<Upper> | undefined {
    const session = this.sessions.get(sid ?? '')
    if (!session || !isDead(session, this.settings, this.#options.clock())) return session
    this.turn(session, (turn) => endSession(turn, 'ping_timeout'))
    return undefined
  }

  #isFull(): boolean {
    return this.sessions.size >= this.#options.maxSessions
  }

  #perform(session: Session<Upper>, effect: Effect, now: number): void {
    switch (effect.do) {
      case 'frame':
        return session.wire?.send(effect.data)
      case 'probe':
        return session.probe?.send(effect.data)
      case 'adopt':
        session.wire = session.probe
        session.probe = null
        return
      case 'drop-probe':
        session.probe?.close(endCode('transport_close'), 'transport_close')
        session.probe = null
        return
      case 'answer':
        session.answer?.(effect.reply)
        session.answer = null
        return
      case 'message':
        return this.#options.upper.message(session, effect.data, now)
      case 'end':
        session.wire?.close(endCode(effect.end), effect.end)
        session.wire = null
        this.#options.ended?.(effect.end, now - session.openedAt)
        return this.#options.upper.ended(session, effect.end, now)
      case 'forget':
        if (this.sessions.delete(session.sid)) this.#options.store.forget(session)
    }
  }
}

function isUpgradable({ transport, upgrade, end }: EngineSession): boolean {
  return transport === 'polling' && upgrade === null && end === null
}
