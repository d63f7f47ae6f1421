import { type SQL, sql } from 'drizzle-orm'
import { idList } from '#db/lists.ts'

/**
 * A CTE body that holds those of the papers that are valid still, so that none of them goes before the statement
 * commits: whoever deletes one waits for it (`deleteDocument`). The statement counts its rows.
 * @param driverId of the driver whose papers they are, from a row that is locked before them
 * @param today the day in India
 */
export function holdPapers(papers: readonly string[], driverId: SQL, today: string): SQL {
  return sql`select id from documents
    where id in ${idList(papers)}
      and driver_id = ${driverId} and state = 'valid' and (expires_on is null or expires_on >= ${today}::date)
    for share`
}
