import { readText } from '#packages/network/read-bytes.ts'
import { wantsSocket } from '#packages/network/wants-socket.ts'
import type { EngineServer } from '#packages/socketio/engine-server.ts'
import type { Reply } from '#packages/socketio/refusals.ts'
import { endCode } from '#packages/socketio/session-ends.ts'
import { restoreSession, type SessionRecord } from '#packages/socketio/session-record.ts'
import type { Membership } from '#packages/socketio/socket-types.ts'
import { Attachment, attach, SessionKeeper } from './session-keeper.ts'
import { SocketWire } from './socket-wire.ts'

/** Codes that an endpoint may not send (RFC 6455, 7.4.1). */
const UNSENDABLE = new Set([1005, 1006, 1015])

/** An engine in a Durable Object: its requests, hibernating sockets, storage and alarm. Made anew on every wake. */
export class SocketShell<Content> {
  readonly keeper: SessionKeeper<Content>
  readonly #ctx: DurableObjectState
  readonly #wires = new WeakMap<WebSocket, SocketWire>()
  readonly #readContent: (kept: unknown) => Content | null
  #engine: EngineServer<Membership<Content>> | null = null
  /** Null: not known, as nothing has been set since the wake. */
  #alarmAt: number | null = null

  /** @param readContent what the application kept of a socket; null: it cannot be read */
  constructor(ctx: DurableObjectState, readContent: (kept: unknown) => Content | null) {
    this.#ctx = ctx
    this.#readContent = readContent
    this.keeper = new SessionKeeper(ctx.storage.kv)
  }

  /** Puts the sessions that outlived the object into its new engine. */
  start(engine: EngineServer<Membership<Content>>): void {
    this.#engine = engine
    const probes: SocketWire[] = []
    const withSocket = new Map<string, SocketWire>()
    for (const socket of this.#ctx.getWebSockets()) {
      const attachment = attachmentOf(socket)
      if (attachment === null) continue
      if (attachment.at === 'here') {
        const { record } = attachment
        this.#restore(record, this.#wireOf(socket, record.sid))
      } else {
        const wire = this.#wireOf(socket, attachment.sid)
        if (attachment.at === 'probe') probes.push(wire)
        else withSocket.set(attachment.sid, wire)
      }
    }
    for (const record of this.keeper.stored()) {
      const wire = withSocket.get(record.sid) ?? null
      // A socket that went while the object slept is told of by its close event.
      if (record.transport === 'polling' || wire !== null) this.#restore(record, wire)
    }
    for (const wire of probes) this.#restoreProbe(wire)
  }

  async fetch(request: Request): Promise<Response> {
    const { searchParams: query } = new URL(request.url)
    if (wantsSocket(request)) return this.#upgrade(request.method, query)
    const reply = await this.engine.request({
      method: request.method,
      query,
      readBody: (maxBytes) => readText(request, maxBytes),
    })
    this.#schedule()
    return toResponse(reply)
  }

  message(socket: WebSocket, data: string | ArrayBuffer): void {
    const wire = this.#find(socket)
    if (wire) this.engine.receive(wire.sid, wire, typeof data === 'string' ? data : new Uint8Array(data))
  }

  close(socket: WebSocket, code: number): void {
    const wire = this.#find(socket)
    if (wire) this.engine.lost(wire.sid, wire)
    try {
      socket.close(UNSENDABLE.has(code) ? 1000 : code)
    } catch {
      // The platform has answered already.
    }
  }

  /** The alarm rings. Until the beat is over none is set for who comes meanwhile. */
  async beat(beat: () => Promise<void>): Promise<void> {
    this.#alarmAt = Date.now()
    try {
      await beat()
    } finally {
      this.#alarmAt = null
      this.#schedule()
    }
  }

  get engine(): EngineServer<Membership<Content>> {
    if (this.#engine === null) throw new TypeError('the shell was not started')
    return this.#engine
  }

  #upgrade(method: string, query: URLSearchParams): Response {
    const ticket = this.engine.ticket(method, query)
    if (typeof ticket === 'object' && 'status' in ticket) return toResponse(ticket)
    const { 0: client, 1: server } = new WebSocketPair()
    if (typeof ticket === 'string') {
      server.accept()
      server.close(endCode(ticket), ticket)
      return new Response(null, { status: 101, webSocket: client })
    }
    this.#ctx.acceptWebSocket(server)
    if (ticket.isUpgrade) attach(server, { at: 'probe', sid: ticket.sid })
    this.engine.attach(ticket, this.#wireOf(server, ticket.sid))
    if (!ticket.isUpgrade) this.#schedule()
    return new Response(null, { status: 101, webSocket: client })
  }

  /** One alarm for all: it is only ever set when none is, and a session that came later has time until the one after. */
  #schedule(): void {
    if (this.#alarmAt !== null) return
    const next = this.engine.nextBeat()
    if (next === null) return
    this.#alarmAt = next
    // The output gate waits for it, as for every write.
    void this.#ctx.storage.setAlarm(next)
  }

  /** The wire of a socket. One that wakes the object by closing is no longer listed, but carries its session. */
  #find(socket: WebSocket): SocketWire | undefined {
    const known = this.#wires.get(socket)
    if (known) return known
    const attachment = attachmentOf(socket)
    if (attachment === null) return undefined
    if (attachment.at === 'here')
      return this.#restore(attachment.record, this.#wireOf(socket, attachment.record.sid))
    const wire = this.#wireOf(socket, attachment.sid)
    if (attachment.at === 'probe') this.#restoreProbe(wire)
    else for (const record of this.keeper.stored()) if (record.sid === wire.sid) this.#restore(record, wire)
    return wire
  }

  #restore(record: SessionRecord, wire: SocketWire): SocketWire
  #restore(record: SessionRecord, wire: SocketWire | null): SocketWire | null
  #restore(record: SessionRecord, wire: SocketWire | null): SocketWire | null {
    const session = restoreSession(record, this.#readContent, this.engine.settings, Date.now())
    session.wire = wire
    this.engine.sessions.set(record.sid, session)
    return wire
  }

  /** Whether it was answered is not known, so polls end at once until it takes over or is given up. */
  #restoreProbe(wire: SocketWire): void {
    const session = this.engine.sessions.get(wire.sid)
    if (session?.transport !== 'polling') return wire.close(1000, 'transport_close')
    session.probe = wire
    session.upgrade = { since: Date.now(), isProbed: true }
  }

  #wireOf(socket: WebSocket, sid: string): SocketWire {
    const wire = new SocketWire(socket, sid)
    this.#wires.set(socket, wire)
    return wire
  }
}

function attachmentOf(socket: WebSocket): Attachment | null {
  return Attachment.safeParse(socket.deserializeAttachment()).data ?? null
}

function toResponse({ status, body, type }: Reply): Response {
  return new Response(body, { status, headers: { 'content-type': type } })
}
