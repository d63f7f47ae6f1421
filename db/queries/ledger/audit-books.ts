import { type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { type Db, readRow } from '#db/client.ts'
import { type BookCheck, bookChecks } from './book-checks.ts'

/** What is wrong beyond this is written down the next night. */
export const FINDINGS_A_PAGE = 100
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const Place = z.object({ next: z.string().nullable() })
const Page = Place.extend({ differences: z.coerce.number() })

/**
 * Adds the books up again, page by page, each at one instant: kept balances against their entries, each transaction, and
 * payments, refunds and payouts against what was posted of them. Each difference becomes a finding for the finance staff.
 * Returns how many there are. @param atOnce how many things a page has, where it is not what the check says
 */
export async function auditBooks(db: Db, now: Date, atOnce?: number): Promise<number> {
  let differences = 0
  for (const each of bookChecks) {
    const check = { ...each, atOnce: atOnce ?? each.atOnce }
    const first = await readRow(db, sql`select ${endOfPage(check, FIRST_ID)} as next`, Place)
    let [after, upTo] = [FIRST_ID, first?.next ?? LAST_ID]
    while (after !== LAST_ID) {
      const page = await readRow(db, lookAt(check, { after, upTo }, now), Page)
      differences += page?.differences ?? 0
      // The last page has all that follows, also what belongs to nothing.
      ;[after, upTo] = [upTo, page?.next ?? LAST_ID]
    }
  }
  return differences
}

/** The last id of the page after this one; null where less than a page follows. */
const endOfPage = ({ ids, atOnce }: BookCheck, after: string) =>
  sql`(select id from (${ids(after)}) following offset ${atOnce - 1}::int limit 1)`

/** Its ends are given, so that the planner knows how little of the books it is. */
function lookAt(check: BookCheck, page: { after: string; upTo: string }, now: Date): SQL {
  const { kind, wrong } = check
  const within = (column: string) =>
    sql`${sql.raw(column)} > ${page.after}::uuid and ${sql.raw(column)} <= ${page.upTo}::uuid`
  return sql`with wrong as (${wrong(within)}), found as (
      insert into money_findings (id, kind, reference, detail, found_at)
      select gen_random_uuid(), ${kind}, reference, detail, ${now}::timestamptz
      from wrong where not exists (select 1 from money_findings known
        where known.kind = ${kind} and known.reference = wrong.reference and known.resolved_at is null)
      order by reference limit ${FINDINGS_A_PAGE}::int
      on conflict (kind, reference) where resolved_at is null do nothing
    )
    select count(*) as differences, ${endOfPage(check, page.upTo)} as next from wrong`
}
