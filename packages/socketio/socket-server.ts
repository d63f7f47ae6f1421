import { type Packet, PacketType } from 'socket.io-parser'
import type { Data } from './effect.ts'
import { EngineServer } from './engine-server.ts'
import type { EngineOptions, UpperLayer } from './engine-types.ts'
import { receiveMessage } from './receive-message.ts'
import type { SessionEnd } from './session-ends.ts'
import { MAX_NAMESPACES } from './settings.ts'
import {
  encodeAck,
  encodeConnect,
  encodeConnectError,
  encodeDisconnect,
  encodeEvent,
} from './socket-packets.ts'
import type { ConnectAttempt, Membership, Socket, SocketApplication, SocketSession } from './socket-types.ts'

type EventArgs = readonly [name: string, ...args: unknown[]]

/** A Socket.IO server (protocol 5) on an Engine.IO server. */
export class SocketServer<Content> implements UpperLayer<Membership<Content>> {
  readonly engine: EngineServer<Membership<Content>>
  readonly #application: SocketApplication<Content>

  constructor(
    application: SocketApplication<Content>,
    options: Omit<EngineOptions<Membership<Content>>, 'upper'>,
  ) {
    this.#application = application
    this.engine = new EngineServer({ ...options, upper: this })
  }

  /** Sends an event. `id`: asks for an acknowledgement under this number. */
  emit({ session, nsp }: Socket<Content>, args: EventArgs, id?: number): void {
    this.engine.send(session, encodeEvent(nsp, args, id))
  }

  /**
   * Sends one event to many sockets of a namespace, encoded once.
   * @param latest a newer event with this key may take its place where it still waits for a poll
   */
  broadcast(sockets: readonly Socket<Content>[], args: EventArgs, latest?: string): void {
    const [first] = sockets
    if (!first) return
    const [text, ...attachments] = encodeEvent(first.nsp, args)
    if (typeof text === 'string' && attachments.length === 0) this.broadcastPacket(sockets, text, latest)
    else for (const { session } of sockets) this.engine.send(session, encodeEvent(first.nsp, args), latest)
  }

  /** The same for an event that is a packet already, of the namespace that all of them are in. */
  broadcastPacket(sockets: readonly Socket<Content>[], packet: string, latest?: string): void {
    this.engine.broadcast(
      sockets.map(({ session }) => session),
      packet,
      latest,
    )
  }

  /** Tells a client that it is no longer in the namespace; it does not come back by itself. */
  disconnect(socket: Socket<Content>): void {
    const { session, nsp } = socket
    if (session.upper.sockets.get(nsp) !== socket) return
    this.engine.send(session, encodeDisconnect(nsp))
    this.#leave(socket)
  }

  /** Notes that the content of a socket has changed. */
  changed({ session }: Socket<Content>): void {
    session.isChanged = true
    this.engine.settle(session)
  }

  /** Every client in every namespace. */
  *sockets(): Generator<Socket<Content>> {
    for (const { upper } of this.engine.sessions.values()) yield* upper.sockets.values()
  }

  create(): Membership<Content> {
    return { sockets: new Map(), pending: new Map(), fragments: null }
  }

  isConnected({ upper }: SocketSession<Content>): boolean {
    return upper.sockets.size > 0
  }

  message(session: SocketSession<Content>, data: Data): void {
    const before = session.upper.fragments
    const packet = this.#decode(session, data)
    if (session.upper.fragments !== before) session.isChanged = true
    if (packet !== null) this.#receive(session, packet)
  }

  ended(session: SocketSession<Content>, end: SessionEnd): void {
    const sockets = [...session.upper.sockets.values()]
    session.upper = this.create()
    for (const socket of sockets) this.#application.disconnected(socket, end)
  }

  #decode(session: SocketSession<Content>, data: Data): Packet | null {
    try {
      const { packet, fragments } = receiveMessage(session.upper.fragments, data)
      session.upper.fragments = fragments
      return packet
    } catch {
      this.engine.end(session, 'malformed_packet')
      return null
    }
  }

  #receive(session: SocketSession<Content>, packet: Packet): void {
    const { type, nsp } = packet
    if (type === PacketType.CONNECT) return this.#connect(session, nsp, packet.data)
    if (type === PacketType.DISCONNECT && session.upper.pending.delete(nsp)) return
    const socket = session.upper.sockets.get(nsp)
    if (!socket) return this.#refuseStray(session, type)
    switch (type) {
      case PacketType.EVENT: {
        const [name, ...args] = listOf(packet.data)
        return this.#application.event(socket, String(name), args, this.#answer(socket, packet.id))
      }
      case PacketType.ACK:
        if (packet.id !== undefined) this.#application.acknowledged(socket, packet.id, listOf(packet.data))
        return
      case PacketType.DISCONNECT:
        return this.#leave(socket)
      case PacketType.CONNECT_ERROR:
      case PacketType.BINARY_EVENT:
      case PacketType.BINARY_ACK:
        // The first is for servers to say; of the others the parser makes events and acknowledgements.
        this.engine.end(session, 'malformed_packet')
    }
  }

  /** Who leaves twice has left; anything else for a namespace that one is not in breaks the protocol. */
  #refuseStray(session: SocketSession<Content>, type: PacketType): void {
    if (type !== PacketType.DISCONNECT) this.engine.end(session, 'malformed_packet')
  }

  #connect(session: SocketSession<Content>, nsp: string, auth: unknown): void {
    const { sockets, pending } = session.upper
    const known = sockets.get(nsp)
    if (known) return this.engine.send(session, encodeConnect(nsp, known.id))
    if (pending.has(nsp)) return
    if (sockets.size + pending.size >= MAX_NAMESPACES) return this.engine.end(session, 'malformed_packet')
    const isPending = () => session.upper.pending.get(nsp) === attempt && session.end === null
    const attempt: ConnectAttempt<Content> = {
      nsp,
      auth: isRecord(auth) ? auth : {},
      accept: (content, id, pid) => {
        if (!isPending()) return null
        pending.delete(nsp)
        const socket = { id, nsp, session, content }
        sockets.set(nsp, socket)
        session.isChanged = true
        this.engine.send(session, encodeConnect(nsp, id, pid))
        return socket
      },
      refuse: (message, data) => {
        if (!isPending()) return
        pending.delete(nsp)
        this.engine.send(session, encodeConnectError(nsp, message, data))
      },
    }
    pending.set(nsp, attempt)
    this.#application.connect(attempt)
  }

  #leave(socket: Socket<Content>): void {
    const { session, nsp } = socket
    session.upper.sockets.delete(nsp)
    session.isChanged = true
    this.engine.settle(session)
    this.#application.disconnected(socket, null)
  }

  #answer(socket: Socket<Content>, id: number | undefined): ((...args: unknown[]) => void) | null {
    if (id === undefined) return null
    let isAnswered = false
    return (...args) => {
      if (isAnswered) return
      isAnswered = true
      // Who has left the namespace in the meantime would not know what it is about.
      if (socket.session.upper.sockets.get(socket.nsp) === socket)
        this.engine.send(socket.session, encodeAck(socket.nsp, id, args))
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
