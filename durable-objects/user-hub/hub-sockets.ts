import type { Connection } from 'partyserver'
import { type CloseReason, closeReasons } from '#packages/protocol/close-codes.ts'
import type { MemberId } from '#packages/user-hub/effect.ts'
import { MemberRecord } from '#packages/user-hub/hub-record.ts'

export type HubConnection = Connection<MemberRecord>

/** Closes a socket for a named reason. It loses its record first: until it is gone it is nobody's any more. */
export function closeSocket(connection: HubConnection, reason: CloseReason): void {
  connection.setState(null)
  connection.close(closeReasons[reason].code, reason)
}

/** The native sockets of a hub by member id, and what can be done with them. */
export class HubSockets {
  readonly #open = new Map<MemberId, HubConnection>()

  add(connection: HubConnection): void {
    this.#open.set(connection.id, connection)
  }

  delete(id: MemberId): void {
    this.#open.delete(id)
  }

  /** Takes in the sockets that outlived the object; those without a record were never let in. */
  restore(connections: Iterable<HubConnection>): [MemberId, MemberRecord][] {
    const members: [MemberId, MemberRecord][] = []
    for (const connection of connections) {
      const { data: record } = MemberRecord.safeParse(connection.state)
      if (!record) continue
      this.add(connection)
      members.push([connection.id, record])
    }
    return members
  }

  /** Returns the members whose sockets are gone: partyserver keeps quiet about those that broke while closing. */
  send(to: readonly MemberId[], frame: string): MemberId[] {
    return to.filter((id) => {
      const connection = this.#open.get(id)
      if (connection?.readyState !== WebSocket.READY_STATE_OPEN) return true
      connection.send(frame)
      return false
    })
  }

  keep(id: MemberId, record: MemberRecord): void {
    this.#open.get(id)?.setState(record)
  }

  close(id: MemberId, reason: CloseReason): void {
    const connection = this.#open.get(id)
    this.#open.delete(id)
    if (connection) closeSocket(connection, reason)
  }
}
