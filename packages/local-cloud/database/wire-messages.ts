/**
 * The few server messages of the PostgreSQL protocol that `pg-protocol` (a client's library) cannot write.
 * Source: PostgreSQL documentation, "Message Formats".
 */

/** Type bytes, as characters. */
export const QUERY = 'Q'
export const PARSE = 'P'
export const CLOSE = 'C'
export const SYNC = 'S'
export const FLUSH = 'H'
export const FUNCTION_CALL = 'F'
export const TERMINATE = 'X'
/** CopyData, CopyDone and CopyFail. */
export const COPY_TYPES = 'dcf'

/** Where a session stands after a command: idle, in a transaction, in a failed transaction. */
export type TransactionStatus = 'I' | 'T' | 'E'

const READY_BYTES = 6

function message(type: string, ...parts: (string | Uint8Array)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(`${part}\0`) : part)))
  const head = Buffer.alloc(5)
  head.write(type, 'latin1')
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

export const AUTHENTICATION_OK = message('R', Buffer.from([0, 0, 0, 0]))
export const AUTHENTICATION_CLEARTEXT_PASSWORD = message('R', Buffer.from([0, 0, 0, 3]))

export function parameterStatus(name: string, value: string): Buffer {
  return message('S', name, value)
}

export function readyForQuery(status: TransactionStatus): Buffer {
  return message('Z', Buffer.from(status))
}

/** `code` is an SQLSTATE. A FATAL error ends the connection. */
export function errorResponse(severity: 'ERROR' | 'FATAL', code: string, text: string): Buffer {
  return message('E', `S${severity}`, `V${severity}`, `C${code}`, `M${text}`, Buffer.alloc(1))
}

/** The reply without the ReadyForQuery messages at its end, and the status the last one told. */
export function splitReady(reply: Buffer): { body: Buffer; status: TransactionStatus | undefined } {
  let end = reply.length
  while (
    end >= READY_BYTES &&
    reply.readUInt32BE(end - READY_BYTES + 1) === 5 &&
    reply[end - READY_BYTES] === 0x5a
  ) {
    end -= READY_BYTES
  }
  const status = end < reply.length ? reply.toString('latin1', reply.length - 1) : undefined
  return {
    body: reply.subarray(0, end),
    status: status === 'I' || status === 'T' || status === 'E' ? status : undefined,
  }
}
