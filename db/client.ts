import { neon, neonConfig } from '@neondatabase/serverless'
import type { SQL } from 'drizzle-orm'
import { drizzle, type NeonHttpDatabase } from 'drizzle-orm/neon-http'
import type { z } from 'zod'

/**
 * What queries may use. Interactive transactions are left out on purpose: over HTTP there are none, a write is one
 * statement or one batch.
 */
export type Db = Pick<NeonHttpDatabase, 'select' | 'insert' | 'update' | 'delete' | 'execute' | 'batch'>

/**
 * Opens the database over HTTP; nothing connects before the first query.
 * @param timeoutMs a query that takes longer counts as a database that is down
 */
export function openDb(url: string, timeoutMs: number): Db {
  neonConfig.fetchFunction = (input: string, init: RequestInit) =>
    fetch(input, { ...init, signal: AbortSignal.timeout(timeoutMs) })
  return drizzle(neon(url))
}

/** Runs a hand-written statement and reads its rows with a schema: the one place where SQL becomes typed. */
export async function readRows<Row extends z.ZodType>(
  db: Db,
  statement: SQL,
  row: Row,
): Promise<z.infer<Row>[]> {
  const { rows } = await db.execute(statement)
  return rows.map((value) => row.parse(value))
}

/**
 * Takes a lock, or several in their order, and then runs a statement that returns at most one row, in one transaction. A single
 * statement sees the database as it was before it waited for a lock; this one sees everything that was committed until it had
 * them.
 */
export async function readRowLocked<Row extends z.ZodType>(
  db: Db,
  locks: SQL | readonly [SQL, ...SQL[]],
  statement: SQL,
  row: Row,
): Promise<z.infer<Row> | undefined> {
  const [lock, ...more] = Array.isArray(locks) ? locks : [locks]
  const results = await db.batch([db.execute(lock), ...[...more, statement].map((each) => db.execute(each))])
  return results.at(-1)?.rows.map((value) => row.parse(value))[0]
}

export interface LockedWrite {
  /** Run first, each seeing what was committed until the lock of the one before was had. */
  before: readonly [SQL, ...SQL[]]
  /** Returns a row where it did what it should. */
  write: SQL
  /** Reads what then is; returns at most one row. */
  view: SQL
}

/**
 * Takes locks, writes, and reads what was written, in one transaction and one round trip. Undefined: nothing was written;
 * what the statements before it did stays.
 */
export async function writeLocked<Row extends z.ZodType>(
  db: Db,
  { before: [lock, ...preparations], write, view }: LockedWrite,
  row: Row,
): Promise<z.infer<Row> | undefined> {
  const later = [...preparations, write, view].map((statement) => db.execute(statement))
  const results = await db.batch([db.execute(lock), ...later])
  const [written, read] = results.slice(-2)
  return written?.rows.length ? read?.rows.map((value) => row.parse(value))[0] : undefined
}

/** As `readRows`, for a statement that returns at most one row. */
export async function readRow<Row extends z.ZodType>(
  db: Db,
  statement: SQL,
  row: Row,
): Promise<z.infer<Row> | undefined> {
  return (await readRows(db, statement, row))[0]
}
