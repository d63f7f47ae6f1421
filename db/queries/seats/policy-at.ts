import { type SQL, sql } from 'drizzle-orm'

/** The first version, which every database has. */
const FIRST_VERSION = 1

/** The version of the cancellation policy that was in force at an instant. */
export function policyAt(instant: Date | SQL): SQL {
  return sql`coalesce((select max(version) from cancellation_policies where valid_from <= ${instant}), ${FIRST_VERSION})`
}
