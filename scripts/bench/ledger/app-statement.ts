import type { Client } from 'pg'
import { z } from 'zod'
import { type Db, openDb } from '#db/client.ts'
import { LOCAL_DATABASE_URL } from '#packages/local-cloud/local-settings.ts'

const Sent = z.object({ query: z.string(), params: z.array(z.unknown()) })
export type AppStatement = z.infer<typeof Sent>

/** The statement that a query of the application sends, as it sends it. */
export async function appStatement(ask: (db: Db) => Promise<unknown>): Promise<AppStatement> {
  const sent: AppStatement[] = []
  const ofProcess = globalThis.fetch
  globalThis.fetch = async (input, init) => {
    sent.push(Sent.parse(await new Request(input, init).json()))
    return Response.json({ command: 'SELECT', fields: [], rowAsArray: true, rowCount: 0, rows: [] })
  }
  try {
    await ask(openDb(LOCAL_DATABASE_URL, 1000))
  } finally {
    globalThis.fetch = ofProcess
  }
  const [statement] = sent
  if (!statement || sent.length > 1) throw new Error(`${sent.length} statements were sent instead of one`)
  return statement
}

/** Milliseconds from sending a statement to having its rows. */
export async function timeStatement(client: Client, { query, params }: AppStatement): Promise<number> {
  const start = performance.now()
  await client.query(query, params)
  return performance.now() - start
}

const Plan = z.tuple([z.object({ 'QUERY PLAN': z.unknown() })])

/** The indexes that the planner chooses for a statement, and the tables that it reads from end to end. */
export async function explainStatement(client: Client, { query, params }: AppStatement): Promise<string[]> {
  const { rows } = await client.query(`explain (format json) ${query}`, params)
  const used = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const known = z.object({
      'Node Type': z.string(),
      'Relation Name': z.string().optional(),
      'Index Name': z.string().optional(),
    })
    const read = known.safeParse(node).data
    if (read?.['Index Name']) used.add(read['Index Name'])
    else if (read?.['Node Type'].includes('Seq Scan')) used.add(`all of ${read['Relation Name'] ?? 'a table'}`)
    for (const each of Object.values(node)) visit(each)
  }
  visit(Plan.parse(rows)[0]['QUERY PLAN'])
  return [...used].toSorted()
}
