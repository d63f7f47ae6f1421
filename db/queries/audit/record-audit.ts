import { type SQL, sql } from 'drizzle-orm'

/** The subject of what is done to no single thing: the configuration, or a search that found nobody. */
export const NO_SUBJECT = '00000000-0000-0000-0000-000000000000'

export interface AuditEntry {
  actorId: string
  /** Noun and verb: `document.approve`. */
  action: string
  /** The thing it is done to; a column of the source or a value. */
  subject: SQL
  /** What else is worth knowing, as JSON, without personal data: the trail outlives the person. */
  details?: SQL
}

/**
 * A CTE body that writes an audit event for each row of the CTE `source`, to be used in the statement that does the
 * thing: nothing is done that is not on record, and nothing is on record that was not done.
 */
export function recordAudit(source: string, entry: AuditEntry, now: Date): SQL {
  const details = entry.details ?? sql`'{}'::jsonb`
  return sql`insert into audit_events (actor_id, action, subject, details, at)
    select ${entry.actorId}::uuid, ${entry.action}, ${entry.subject}, ${details}, ${now}::timestamptz
    from ${sql.raw(source)}`
}
