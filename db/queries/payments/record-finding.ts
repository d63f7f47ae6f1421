import { type SQL, sql } from 'drizzle-orm'
import type { Db } from '#db/client.ts'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { FindingKind } from '#packages/ledger/findings.ts'

export interface Finding {
  kind: FindingKind
  /** The id of what it is about, ours or the gateway's. */
  reference: string
  /** What is wrong, without personal data. */
  detail: string
}

/** A CTE body that has somebody of the finance staff look at something, for the row of `source`; once as long as nobody has. */
export function findIn(source: string, { kind, reference, detail }: Finding, now: Date): SQL {
  return sql`insert into money_findings (id, kind, reference, detail, found_at)
    select ${uuidv7(now.getTime())}::uuid, ${kind}, ${reference}, ${detail}, ${now}::timestamptz from ${sql.raw(source)} limit 1
    on conflict (kind, reference) where resolved_at is null do nothing
    returning id`
}

/** A CTE body: what is in `source`, by its id, has come to its end, so that nobody needs to look why it does not. */
export function resolveEnded(kind: FindingKind, source: string, now: Date): SQL {
  return sql`update money_findings set resolved_at = ${now}, note = 'It has ended'
    from ${sql.raw(source)} ended
    where kind = ${kind} and reference = ended.id::text and resolved_at is null`
}

/** Has somebody of the finance staff look at something. Returns whether nobody was told of it before. */
export async function recordFinding(db: Db, finding: Finding, now: Date): Promise<boolean> {
  const { rows } = await db.execute(sql`with found as (select 1) ${findIn('found', finding, now)}`)
  return rows.length > 0
}
