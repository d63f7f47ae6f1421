import type { Connection } from 'partyserver'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { MemberId } from '#packages/ride-room/effect.ts'
import { MemberRecord } from '#packages/ride-room/room-record.ts'
import { closeConnection } from './close-connection.ts'

type RoomConnection = Connection<MemberRecord>

/** The sockets of a room by member id, and what can be done with them. */
export class RoomConnections {
  readonly #open = new Map<MemberId, RoomConnection>()
  #gone: MemberId[] = []

  add(connection: RoomConnection): void {
    this.#open.set(connection.id, connection)
  }

  delete(id: MemberId): void {
    this.#open.delete(id)
  }

  /** Takes in the sockets that outlived the object; those without a record were never let in. */
  restore(connections: Iterable<RoomConnection>): [MemberId, MemberRecord][] {
    const members: [MemberId, MemberRecord][] = []
    for (const connection of connections) {
      const { data: record } = MemberRecord.safeParse(connection.state)
      if (!record) continue
      this.add(connection)
      members.push([connection.id, record])
    }
    return members
  }

  send(to: readonly MemberId[], frame: string): void {
    for (const id of to) {
      const connection = this.#open.get(id)
      if (connection?.readyState === WebSocket.READY_STATE_OPEN) connection.send(frame)
      else this.#gone.push(id)
    }
  }

  keep(id: MemberId, record: MemberRecord): void {
    this.#open.get(id)?.setState(record)
  }

  close(id: MemberId, reason: CloseReason): void {
    const connection = this.#open.get(id)
    this.#open.delete(id)
    if (connection) closeConnection(connection, reason)
  }

  /** The members found closed since the last call. */
  takeGone(): MemberId[] {
    if (this.#gone.length === 0) return []
    const gone = this.#gone
    this.#gone = []
    for (const id of gone) this.#open.delete(id)
    return gone
  }
}
