/** A simple string such as `OK` or `PONG`. RESP and Lua tell it from a bulk string; REST does not. */
export interface Status {
  readonly ok: string
}

/** What a command answers: a bulk string, an integer, nil, a status, or a list of these. */
export type Reply = string | number | null | Status | Reply[]

/** What became of one command of a request. */
export type Outcome = { result: Reply } | { error: string }

export const OK: Status = { ok: 'OK' }

/** An error reply; the message starts with its code, as Redis writes it (`ERR …`, `WRONGTYPE …`). */
export class RedisError extends Error {
  override readonly name = 'RedisError'
}

export const wrongType = () =>
  new RedisError('WRONGTYPE Operation against a key holding the wrong kind of value')

export const syntaxError = () => new RedisError('ERR syntax error')

/** A double as Redis prints it. */
export function formatNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return 'inf'
  if (value === Number.NEGATIVE_INFINITY) return '-inf'
  return Object.is(value, -0) ? '-0' : String(value)
}
