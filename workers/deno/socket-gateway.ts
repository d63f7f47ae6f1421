import { Gateway } from '#packages/gateway/gateway.ts'
import type { Member } from '#packages/gateway/member.ts'
import { newId } from '#packages/gateway/new-id.ts'
import type { GatewaySurroundings } from '#packages/gateway/ports.ts'
import { readText } from '#packages/network/read-bytes.ts'
import { wantsSocket } from '#packages/network/wants-socket.ts'
import type { Data } from '#packages/socketio/effect.ts'
import type { EngineServer } from '#packages/socketio/engine-server.ts'
import type { Ticket, Wire } from '#packages/socketio/engine-types.ts'
import type { Reply } from '#packages/socketio/refusals.ts'
import { endCode } from '#packages/socketio/session-ends.ts'
import { engineSettings } from '#packages/socketio/settings.ts'
import type { Membership } from '#packages/socketio/socket-types.ts'
import type { MetricsPort } from '../context.ts'
import { type RoomSocket, type Upgrade, upgradeSocket } from './upgrade-socket.ts'

const OPEN = 1
/** Sessions of this process; further ones are refused. */
const MAX_SESSIONS = 20_000
/** The one gateway of this process. */
const NAME = 'g0'

/** Socket.IO in this process: the gateway with its sockets in memory, and a timer for their heartbeat. */
export class LiveGateway {
  readonly gateway: Gateway
  readonly #upgrade: Upgrade
  readonly #now: () => number
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(around: GatewaySurroundings, upgrade: Upgrade, metrics: Pick<MetricsPort, 'observe'>) {
    this.#upgrade = upgrade
    this.#now = () => around.now()
    this.gateway = new Gateway(NAME, around, {
      settings: engineSettings,
      // Nothing here outlives the process.
      store: { keep: () => undefined, forget: () => undefined },
      newSid: () => `${NAME}.${newId()}`,
      clock: this.#now,
      maxSessions: MAX_SESSIONS,
      ended: (end, lived) => metrics.observe('socketIoSession', endCode(end), lived / 1000),
    })
  }

  async answer(request: Request): Promise<Response> {
    const { searchParams: query } = new URL(request.url)
    const { method } = request
    if (wantsSocket(request)) {
      const ticket = this.#engine.ticket(method, query)
      return typeof ticket === 'object' && 'status' in ticket ? toResponse(ticket) : this.#open(request, ticket)
    }
    const readBody = (maxBytes: number) => readText(request, maxBytes)
    const reply = await this.#engine.request({ method, query, readBody })
    this.#schedule()
    return toResponse(reply)
  }

  /** Ends every session; the clients come back later. */
  close(): void {
    clearTimeout(this.#timer)
    for (const session of this.#engine.sessions.values()) this.#engine.end(session, 'internal')
  }

  get #engine(): EngineServer<Membership<Member>> {
    return this.gateway.server.engine
  }

  #open(request: Request, ticket: Ticket | Parameters<typeof endCode>[0]): Response {
    const { socket, response } = upgradeSocket(this.#upgrade, request)
    const wire = wireOf(socket)
    // Blobs could only be read later, and out of order.
    Object.assign(socket, { binaryType: 'arraybuffer' })
    socket.addEventListener('open', () => {
      if (typeof ticket === 'string') return wire.close(endCode(ticket), ticket)
      this.#engine.attach(ticket, wire)
      this.#schedule()
    })
    if (typeof ticket === 'string') return response
    const { sid } = ticket
    socket.addEventListener('message', ({ data }: { data: unknown }) => {
      if (typeof data === 'string') this.#engine.receive(sid, wire, data)
      else if (data instanceof ArrayBuffer) this.#engine.receive(sid, wire, new Uint8Array(data))
    })
    socket.addEventListener('close', () => this.#engine.lost(sid, wire))
    return response
  }

  #schedule(): void {
    if (this.#timer !== undefined) return
    const next = this.#engine.nextBeat()
    if (next === null) return
    this.#timer = setTimeout(() => void this.#ring(), Math.max(0, next - this.#now()))
  }

  async #ring(): Promise<void> {
    await this.gateway.beat()
    this.#timer = undefined
    this.#schedule()
  }
}

function wireOf(socket: RoomSocket): Wire {
  return {
    send: (data: Data) => {
      if (socket.readyState === OPEN) socket.send(data)
    },
    close: (code, reason) => socket.close(code, reason),
  }
}

function toResponse({ status, body, type }: Reply): Response {
  return new Response(body, { status, headers: { 'content-type': type } })
}
