import { type SQL, sql } from 'drizzle-orm'
import { uuidv7 } from '#packages/ids/uuid.ts'
import type { FindingKind } from '#packages/ledger/findings.ts'
import { returnedStates } from '#packages/payouts/states.ts'

/** A CTE body: a payout of the CTE `source` has moved, so that nobody needs to look why it did not. */
export function resolveOverdue(source: string, now: Date): SQL {
  return sql`update money_findings set resolved_at = ${now}, note = 'It has moved'
    from ${sql.raw(source)} moved
    where kind = 'payout_overdue' and reference = moved.id::text and resolved_at is null`
}

/** A CTE body: nobody can withdraw what came back to a wallet whose account was deleted since. */
export function reportOwnerless(source: string, now: Date): SQL {
  const kind: FindingKind = 'payout_ownerless'
  return sql`insert into money_findings (id, kind, reference, detail, found_at)
    select ${uuidv7(now.getTime())}::uuid, ${kind}, moved.id, 'It came back after its driver left', ${now}::timestamptz
    from ${sql.raw(source)} moved join users person on person.id = moved.driver_id
    where person.deleted_at is not null and moved.state in ${returnedStates}
    on conflict (kind, reference) where resolved_at is null do nothing`
}
