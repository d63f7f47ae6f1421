import { z } from 'zod'

const query = z.object({
  query: z.string(),
  /** Whatever JSON can say; `pg` writes it as PostgreSQL reads it. */
  params: z.array(z.unknown()).default([]),
  arrayMode: z.boolean().optional(),
})
const body = z.union([z.object({ queries: z.array(query) }), query])

const flag = z
  .string()
  .nullable()
  .transform((value) => value === 'true')
const isolation = z
  .enum(['ReadUncommitted', 'ReadCommitted', 'RepeatableRead', 'Serializable'])
  .nullable()
  .transform((name) => name?.replace(/(?<=[a-z])(?=[A-Z])/, ' ').toUpperCase())

export type SqlQuery = z.infer<typeof query>

/** What a request to Neon's `/sql` asks for. */
export interface SqlRequest {
  /** One query, or a batch for one transaction. */
  body: z.infer<typeof body>
  /** Values as PostgreSQL's text instead of JSON values. */
  rawText: boolean
  /** Rows as arrays instead of objects, where a query does not say otherwise. */
  arrayMode: boolean
  /** The statement that opens the transaction of a batch. */
  begin: string
}

/** Throws a ZodError or a SyntaxError for a request that Neon's protocol does not know. */
export async function readSqlRequest(request: Request): Promise<SqlRequest> {
  const header = (name: string) => request.headers.get(`Neon-${name}`)
  const level = isolation.parse(header('Batch-Isolation-Level'))
  const modes = [
    ...(level === undefined ? [] : [`ISOLATION LEVEL ${level}`]),
    ...(flag.parse(header('Batch-Read-Only')) ? ['READ ONLY'] : []),
    ...(flag.parse(header('Batch-Deferrable')) ? ['DEFERRABLE'] : []),
  ]
  return {
    body: body.parse(await request.json()),
    rawText: flag.parse(header('Raw-Text-Output')),
    arrayMode: flag.parse(header('Array-Mode')),
    begin: `BEGIN ${modes.join(', ')}`,
  }
}
