import type { Pool, PoolClient } from 'pg'
import { STATEMENT_TIMEOUT_MS, SWEEP_TIMEOUT_MS } from './limits.ts'
import { errorReply, StatementTimeout } from './sql-error.ts'
import { readSqlRequest, type SqlQuery, type SqlRequest } from './sql-request.ts'
import { jsonValue } from './sql-value.ts'

const rawText = { getTypeParser: () => (text: unknown) => text }

/** Answers Neon's HTTP protocol: POST /sql with one query or with a batch that is one transaction. Never rejects. */
export async function answerSql(
  request: Request,
  pool: Pool,
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<Response> {
  if (request.method !== 'POST' || new URL(request.url).pathname !== '/sql') {
    return Response.json({ message: 'Not found' }, { status: 404 })
  }
  let asked: SqlRequest
  try {
    asked = await readSqlRequest(request)
  } catch (error) {
    return Response.json({ message: `Not a request of Neon's protocol: ${String(error)}` }, { status: 400 })
  }
  let client: PoolClient | undefined
  try {
    client = await pool.connect()
    const answer = await run(client, asked, timeoutMs)
    void giveBack(client)
    return Response.json(answer)
  } catch (error) {
    if (client) void giveBack(client, error)
    return errorReply(error)
  }
}

async function run(client: PoolClient, asked: SqlRequest, timeoutMs: number): Promise<unknown> {
  const execute = async (query: SqlQuery) => await runQuery(client, query, asked, timeoutMs)
  if (!('queries' in asked.body)) return await execute(asked.body)
  const results: unknown[] = []
  await client.query(asked.begin)
  for (const query of asked.body.queries) results.push(await execute(query))
  await client.query('COMMIT')
  return { results }
}

async function runQuery(
  client: PoolClient,
  { query, params, arrayMode }: SqlQuery,
  asked: SqlRequest,
  timeoutMs: number,
) {
  const config = {
    text: query,
    values: params,
    rowMode: 'array' as const,
    queryMode: 'extended',
    types: rawText,
  }
  const { fields, rows, command, rowCount } = await inTime(client.query<(string | null)[]>(config), timeoutMs)
  const rowAsArray = arrayMode ?? asked.arrayMode
  const values = asked.rawText
    ? rows
    : rows.map((row) => row.map((text, column) => jsonValue(text, fields[column]?.dataTypeID)))
  return {
    command,
    rowCount,
    rowAsArray,
    fields,
    rows: rowAsArray
      ? values
      : values.map((row) => Object.fromEntries(row.map((value, column) => [fields[column]?.name, value]))),
  }
}

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  const expired = Promise.withResolvers<never>()
  const timer = setTimeout(() => expired.reject(new StatementTimeout()), timeoutMs)
  try {
    return await Promise.race([work, expired.promise])
  } finally {
    clearTimeout(timer)
  }
}

/** Neon keeps nothing between two requests: no open transaction, no settings. A connection in doubt is closed. */
async function giveBack(client: PoolClient, error?: unknown): Promise<void> {
  try {
    if (error instanceof StatementTimeout) throw error
    await inTime(sweep(client), SWEEP_TIMEOUT_MS)
    client.release()
  } catch {
    client.release(true)
  }
}

async function sweep(client: PoolClient): Promise<void> {
  if (client.getTransactionStatus() !== 'I') await client.query('ROLLBACK')
  await client.query('DISCARD ALL')
}
