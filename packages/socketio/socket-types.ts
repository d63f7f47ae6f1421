import type { Session } from './engine-types.ts'
import type { Fragments } from './receive-message.ts'
import type { SessionEnd } from './session-ends.ts'

/** A client in a namespace. `Content` is the application's, plain values only: it is kept with the session. */
export interface Socket<Content> {
  /** What the client knows as `socket.id`. */
  readonly id: string
  readonly nsp: string
  readonly session: SocketSession<Content>
  content: Content
}

/** What Socket.IO keeps of an engine session. */
export interface Membership<Content> {
  sockets: Map<string, Socket<Content>>
  /** Namespaces that the application has not decided about. */
  pending: Map<string, ConnectAttempt<Content>>
  fragments: Fragments | null
}

export type SocketSession<Content> = Session<Membership<Content>>

/** A client asks to be let into a namespace; one of the two answers it, once. */
export interface ConnectAttempt<Content> {
  readonly nsp: string
  /** What the client sent along; an object, empty if nothing. */
  readonly auth: Readonly<Record<string, unknown>>
  /**
   * Lets it in; null where it has left in the meantime.
   * @param pid what the client shows to get what it missed, when it comes back
   */
  accept(content: Content, id: string, pid?: string): Socket<Content> | null
  refuse(message: string, data?: unknown): void
}

/** What is made of the sockets. Nothing it does may throw. */
export interface SocketApplication<Content> {
  connect(attempt: ConnectAttempt<Content>): void
  /** @param answer sends the acknowledgement, where one was asked for; only the first call counts */
  event(
    socket: Socket<Content>,
    name: string,
    args: unknown[],
    answer: ((...args: unknown[]) => void) | null,
  ): void
  /** The client has acknowledged the event that was sent with this number, or says so. */
  acknowledged(socket: Socket<Content>, id: number, args: unknown[]): void
  /** The client is gone from the namespace. `end`: of its whole session; null: it left, or was made to. */
  disconnected(socket: Socket<Content>, end: SessionEnd | null): void
}
