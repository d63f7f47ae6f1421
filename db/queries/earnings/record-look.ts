import { type SQL, sql } from 'drizzle-orm'
import { recordAudit } from '#db/queries/audit/record-audit.ts'

/**
 * CTEs, with a comma after them, that put on record that somebody of the staff looked at what a driver earns; nothing where
 * it is the driver.
 */
export function recordLook(driverId: string, staffId: string | null, details: SQL, now: Date): SQL {
  if (staffId === null) return sql``
  const entry = { actorId: staffId, action: 'earnings.view', subject: sql`id`, details }
  return sql`looked as (select id from users where id = ${driverId}), audited as (${recordAudit('looked', entry, now)}),`
}
