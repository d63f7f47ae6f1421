import { z } from 'zod'
import type { SessionStore } from '#packages/socketio/engine-types.ts'
import { recordSession, SessionRecord } from '#packages/socketio/session-record.ts'
import type { Membership, SocketSession } from '#packages/socketio/socket-types.ts'
import { SocketWire } from './socket-wire.ts'

const PREFIX = 'session:'

/** What is attached to a socket: its session, or where to find it. */
export const Attachment = z.discriminatedUnion('at', [
  z.object({ at: z.literal('here'), record: SessionRecord }),
  z.object({ at: z.literal('storage'), sid: z.string() }),
  /** The socket is to take over the session, which still polls. */
  z.object({ at: z.literal('probe'), sid: z.string() }),
])
export type Attachment = z.infer<typeof Attachment>

/**
 * Keeps sessions where hibernation leaves them alone: with their socket, which costs no storage write; in storage where
 * they have none, or where packets without their attachments are too large to go along.
 */
export class SessionKeeper<Content> implements SessionStore<Membership<Content>> {
  readonly #kv: SyncKvStorage
  readonly #stored = new Set<string>()

  constructor(kv: SyncKvStorage) {
    this.#kv = kv
  }

  keep(session: SocketSession<Content>): void {
    const record = recordSession(session)
    const { sid, wire } = session
    if (wire instanceof SocketWire && record.fragments === null) {
      attach(wire.socket, { at: 'here', record })
      return this.#delete(sid)
    }
    this.#kv.put(PREFIX + sid, record)
    this.#stored.add(sid)
    if (wire instanceof SocketWire) attach(wire.socket, { at: 'storage', sid })
  }

  forget({ sid }: SocketSession<Content>): void {
    this.#delete(sid)
  }

  /** Every session in storage. */
  *stored(): Generator<SessionRecord> {
    for (const [key, value] of this.#kv.list({ prefix: PREFIX })) {
      this.#stored.add(key.slice(PREFIX.length))
      const record = SessionRecord.safeParse(value)
      if (record.success) yield record.data
      else this.#delete(key.slice(PREFIX.length))
    }
  }

  #delete(sid: string): void {
    if (this.#stored.delete(sid)) this.#kv.delete(PREFIX + sid)
  }
}

export function attach(socket: WebSocket, attachment: Attachment): void {
  socket.serializeAttachment(attachment)
}
