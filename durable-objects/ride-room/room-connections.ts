import type { Connection } from 'partyserver'
import { isLinkId } from '#packages/gateway-orders/link-id.ts'
import type { CloseReason } from '#packages/protocol/close-codes.ts'
import type { MemberId } from '#packages/ride-room/effect.ts'
import { MemberRecord } from '#packages/ride-room/room-record.ts'
import { closeConnection } from './close-connection.ts'

type RoomConnection = Connection<MemberRecord>

/** The sockets of a room by member id, and what can be done with them. */
export class RoomConnections {
  readonly #open = new Map<MemberId, RoomConnection>()
  readonly #ids = new WeakMap<WebSocket, MemberId>()
  #gone: MemberId[] = []

  add(connection: RoomConnection): void {
    const { id } = connection
    this.#open.set(id, connection)
    // partyserver's connections are the sockets themselves.
    this.#ids.set(connection, id)
  }

  /** The member that speaks through a socket, as long as it is one. */
  idOf(socket: WebSocket): MemberId | undefined {
    const id = this.#ids.get(socket)
    return id !== undefined && this.#open.has(id) ? id : undefined
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

  /** Sends a frame to those that are sockets of ours; returns the others, which gateways hold. */
  send(to: readonly MemberId[], frame: string): MemberId[] {
    const linked: MemberId[] = []
    for (const id of to) {
      const connection = this.#open.get(id)
      if (connection?.readyState === WebSocket.READY_STATE_OPEN) connection.send(frame)
      else (isLinkId(id) ? linked : this.#gone).push(id)
    }
    return linked
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
