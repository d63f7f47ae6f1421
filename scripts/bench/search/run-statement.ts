import type { SQL } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import type { Client } from 'pg'
import { z } from 'zod'
import { CandidateRow } from '#db/queries/rides/find-candidates.ts'
import { matchCandidate } from '#db/queries/rides/match-candidate.ts'
import type { BenchQuery } from './choose-queries.ts'

const dialect = new PgDialect()
const Rows = z.array(CandidateRow)

export interface Outcome {
  /** From sending the statement to having its rows read and checked, planning included. */
  milliseconds: number
  /** Of the exact match of all rows, with decoding their paths. */
  matchMilliseconds: number
  candidates: number
  /** The ids that match exactly, sorted. */
  matches: string[]
}

/** Runs a statement that gives candidates as the API does, and matches them as the API does. */
export async function runStatement(client: Client, statement: SQL, query: BenchQuery): Promise<Outcome> {
  const { sql: text, params } = dialect.sqlToQuery(statement)
  const values = params.map((value) => (value instanceof Date ? value.toISOString() : value))
  const start = performance.now()
  const { rows } = await client.query(text, values)
  const candidates = Rows.parse(rows)
  const milliseconds = performance.now() - start
  const matching = performance.now()
  const window = { ...query, earliest: query.earliest.getTime(), latest: query.latest.getTime() }
  const matches = candidates.flatMap((row) => matchCandidate(row, window, 1)?.id ?? [])
  return {
    milliseconds,
    matchMilliseconds: performance.now() - matching,
    candidates: candidates.length,
    matches: matches.toSorted(),
  }
}
