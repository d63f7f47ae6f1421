import { serialize } from 'pg-protocol'
import { CLOSE, PARSE } from './wire-messages.ts'

/** Where a statement's name begins in Parse (after type and length) and in Close (after one byte more). */
const PARSE_NAME = 5
const CLOSE_NAME = 6
const CLOSE_STATEMENT = 'S'

/**
 * The named prepared statements of one connection. The shared session forgets them whenever another connection has
 * its turn, so they are prepared again, as a transaction pooler does.
 */
export class NamedStatements {
  readonly #parses = new Map<string, Uint8Array>()

  note(message: Uint8Array): void {
    const type = String.fromCharCode(message[0] ?? 0)
    if (type === PARSE) {
      const name = nameAt(message, PARSE_NAME)
      if (name !== '') this.#parses.set(name, message)
    } else if (type === CLOSE && String.fromCharCode(message[CLOSE_NAME - 1] ?? 0) === CLOSE_STATEMENT) {
      this.#parses.delete(nameAt(message, CLOSE_NAME))
    }
  }

  /** What prepares them all. Each has its own Sync, so that one that fails does not take the others along. */
  parseMessages(): Uint8Array[] {
    return [...this.#parses.values()].flatMap((parse) => [parse, serialize.sync()])
  }
}

function nameAt(message: Uint8Array, start: number): string {
  return Buffer.from(message.subarray(start, message.indexOf(0, start))).toString()
}
