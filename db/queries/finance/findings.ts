import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow, readRows } from '#db/client.ts'
import { recordAudit } from '#db/queries/audit/record-audit.ts'
import { findingKinds } from '#packages/ledger/findings.ts'

export const FINDING_STATES = ['open', 'resolved'] as const

export const FindingRow = z.object({
  id: z.string(),
  kind: z.enum(findingKinds),
  reference: z.string(),
  detail: z.string(),
  foundAt: z.coerce.date(),
  resolvedAt: z.coerce.date().nullable(),
  resolvedBy: z.string().nullable(),
  note: z.string().nullable(),
})
export type FindingRow = z.infer<typeof FindingRow>

const columns = sql`id, kind, reference, detail, found_at as "foundAt", resolved_at as "resolvedAt",
  resolved_by as "resolvedBy", note`

export interface FindingPage {
  state: (typeof FINDING_STATES)[number]
  after?: string | undefined
  limit: number
}

/** Findings in a state, the oldest first, after the one called `after`. */
export function listFindings(db: Db, { state, after, limit }: FindingPage): Promise<FindingRow[]> {
  const only = state === 'open' ? sql`resolved_at is null` : sql`resolved_at is not null`
  const newer = after
    ? sql`and (found_at, id) > (select found_at, id from money_findings where id = ${after})`
    : sql``
  return readRows(
    db,
    sql`select ${columns} from money_findings where ${only} ${newer} order by found_at, id limit ${limit}`,
    FindingRow,
  )
}

export interface Resolution {
  id: string
  actorId: string
  note: string
}

/** Writes down what somebody of the staff found out; the first stays. Undefined: not there, or resolved before. */
export function resolveFinding(
  db: Db,
  { id, actorId, note }: Resolution,
  now: Date,
): Promise<FindingRow | undefined> {
  const details = sql`jsonb_build_object('kind', kind, 'reference', reference)`
  const entry = { actorId, action: 'finding.resolve', subject: sql`id`, details }
  return readRow(
    db,
    sql`with finding as (
        update money_findings set resolved_at = ${now}, resolved_by = ${actorId}, note = ${note}
        where id = ${id} and resolved_at is null returning *
      ), audited as (${recordAudit('finding', entry, now)})
      select ${columns} from finding`,
    FindingRow,
  )
}

/** Whether there is such a finding. */
export async function isFinding(db: Db, id: string): Promise<boolean> {
  const row = await readRow(
    db,
    sql`select id from money_findings where id = ${id}`,
    z.object({ id: z.string() }),
  )
  return row !== undefined
}
