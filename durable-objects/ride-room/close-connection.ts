import type { Connection } from 'partyserver'
import { type CloseReason, closeReasons } from '#packages/protocol/close-codes.ts'
import type { MemberRecord } from '#packages/ride-room/room-record.ts'

/** Closes a socket for a named reason. It loses its record first: until it is gone it is nobody's any more. */
export function closeConnection(connection: Connection<MemberRecord>, reason: CloseReason): void {
  connection.setState(null)
  connection.close(closeReasons[reason].code, reason)
}
