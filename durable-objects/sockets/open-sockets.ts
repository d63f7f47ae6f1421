import type { Connection } from 'partyserver'
import type { z } from 'zod'
import { type CloseReason, closeReasons } from '#packages/protocol/close-codes.ts'

/** Closes a socket for a named reason. It loses its record first: until it is gone it is nobody's any more. */
export function closeSocket(connection: Connection, reason: CloseReason): void {
  connection.setState(null)
  connection.close(closeReasons[reason].code, reason)
}

/** The native sockets of an object by member id, each with the record of its member. */
export class OpenSockets<MemberRecord> {
  readonly #shape: z.ZodType<MemberRecord>
  readonly #open = new Map<string, Connection<MemberRecord>>()
  readonly #ids = new WeakMap<WebSocket, string>()

  /** @param shape of the records */
  constructor(shape: z.ZodType<MemberRecord>) {
    this.#shape = shape
  }

  add(connection: Connection<MemberRecord>): void {
    const { id } = connection
    this.#open.set(id, connection)
    // partyserver's connections are the sockets themselves.
    this.#ids.set(connection, id)
  }

  /** The member that speaks through a socket, as long as it is one. */
  idOf(socket: WebSocket): string | undefined {
    const id = this.#ids.get(socket)
    return id !== undefined && this.#open.has(id) ? id : undefined
  }

  delete(id: string): void {
    this.#open.delete(id)
  }

  /** Takes in the sockets that outlived the object; those without a record were never let in. */
  restore(connections: Iterable<Connection<MemberRecord>>): [string, MemberRecord][] {
    const members: [string, MemberRecord][] = []
    for (const connection of connections) {
      const { data: record } = this.#shape.safeParse(connection.state)
      if (record === undefined) continue
      this.add(connection)
      members.push([connection.id, record])
    }
    return members
  }

  /**
   * Sends a frame; returns the members without an open socket here. partyserver keeps quiet about sockets that broke while
   * closing: they are noticed when something is sent to them.
   */
  send(to: readonly string[], frame: string): string[] {
    const others: string[] = []
    for (const id of to) {
      const connection = this.#open.get(id)
      if (connection?.readyState === WebSocket.READY_STATE_OPEN) connection.send(frame)
      else others.push(id)
    }
    return others
  }

  keep(id: string, record: MemberRecord): void {
    this.#open.get(id)?.setState(record)
  }

  close(id: string, reason: CloseReason): void {
    const connection = this.#open.get(id)
    this.#open.delete(id)
    if (connection) closeSocket(connection, reason)
  }
}
