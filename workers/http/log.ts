/** Names of fields whose values never reach a log. */
const SECRET = /authorization|cookie|token|otp|password|secret|signature|phone|email|code$/i

export type LogFields = Record<string, unknown>

export interface Log {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** Replaces the values of secret fields, at any depth. */
export function redact(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redact)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, SECRET.test(key) ? '[redacted]' : redact(field)]),
  )
}

/**
 * What may be said of an error: its name, its place, and for a database error the SQLSTATE and constraint.
 * Messages of database errors can carry row values, so they stay out.
 */
export function describeError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { thrown: typeof error }
  const database =
    'severity' in error
      ? { sqlState: Reflect.get(error, 'code'), constraint: Reflect.get(error, 'constraint') }
      : {}
  const inner = error.cause === undefined ? {} : { cause: describeError(error.cause) }
  const message = 'severity' in error || error.name === 'DrizzleQueryError' ? undefined : error.message
  return {
    name: error.name,
    message,
    stack: error.stack
      ?.split('\n')
      .slice(1, 6)
      .map((line) => line.trim()),
    ...database,
    ...inner,
  }
}

/** Structured logs: one JSON object a line, secrets redacted. */
export function jsonLog(write: (line: string) => void, clock: () => number = Date.now): Log {
  const log =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      write(
        JSON.stringify({ level, time: new Date(clock()).toISOString(), message, ...Object(redact(fields)) }),
      )
  return { info: log('info'), warn: log('warn'), error: log('error') }
}
