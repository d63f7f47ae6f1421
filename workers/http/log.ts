/** Names of fields whose values never reach a log. */
const SECRET = /authorization|cookie|token|otp|password|secret|signature|phone|email|code$/i

export type LogFields = Record<string, unknown>

export interface Log {
  info(message: string, fields?: LogFields): void
  warn(message: string, fields?: LogFields): void
  error(message: string, fields?: LogFields): void
}

/** Replaces the values of secret fields, at any depth; errors become what may be said of them. */
export function redact(value: unknown): unknown {
  if (value instanceof Error) return describeError(value)
  if (Array.isArray(value)) return value.map(redact)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [key, SECRET.test(key) ? '[redacted]' : redact(field)]),
  )
}

const STACK_LINES = 5

/**
 * What may be said of an error: its name, its place, its cause; of a database error the SQLSTATE and the constraint.
 * Texts of database errors carry row values (Postgres) or all parameters (drizzle), so they stay out.
 */
function describeError(error: Error): LogFields {
  const fromPostgres = 'severity' in error
  const fromDrizzle = 'query' in error && 'params' in error
  const places = error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at '))
  return {
    name: error.name,
    ...(!fromPostgres && !fromDrizzle && { message: error.message }),
    ...(fromPostgres && { sqlState: Reflect.get(error, 'code'), constraint: Reflect.get(error, 'constraint') }),
    stack: places?.slice(0, STACK_LINES).map((line) => line.trim()),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
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
