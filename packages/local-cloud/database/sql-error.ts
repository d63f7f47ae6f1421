import { DatabaseError } from 'pg'

/** The fields Neon passes on from PostgreSQL's ErrorResponse. */
const SQL_ERROR_FIELDS = [
  'message',
  'code',
  'detail',
  'hint',
  'position',
  'internalPosition',
  'internalQuery',
  'severity',
  'where',
  'table',
  'column',
  'schema',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const

/** A statement over HTTP that took longer than it may. */
export class StatementTimeout extends Error {
  constructor() {
    super('canceling statement due to statement timeout')
    this.name = 'StatementTimeout'
  }
}

/** SQL errors as Neon answers them: 400 with PostgreSQL's fields. Anything else: 500 with a message. */
export function errorReply(error: unknown): Response {
  if (error instanceof DatabaseError) {
    return Response.json(Object.fromEntries(SQL_ERROR_FIELDS.map((name) => [name, error[name] ?? null])), {
      status: 400,
    })
  }
  if (error instanceof StatementTimeout) {
    return Response.json({ message: error.message, code: '57014', severity: 'ERROR' }, { status: 400 })
  }
  return Response.json({ message: error instanceof Error ? error.message : String(error) }, { status: 500 })
}
