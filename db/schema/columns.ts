import { type SQL, sql } from 'drizzle-orm'
import { type AnyPgColumn, customType, timestamp } from 'drizzle-orm/pg-core'

/** An instant; every time in the database is `timestamptz`, read as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 })

/**
 * A PostGIS geography (WGS84). Written as EWKT, never read back as it is: queries ask for what they need
 * (`ST_Y`, `ST_AsEncodedPolyline`). The kind of geometry is a check constraint beside the column, since
 * drizzle-kit quotes a type that has parameters.
 */
export const geography = customType<{ data: string; driverData: string }>({ dataType: () => 'geography' })

/** A half-open range of legs, `[2,5)`. */
export const legRange = customType<{ data: string; driverData: string }>({ dataType: () => 'int4range' })

/** The condition of a check constraint: the column holds one of these words. */
export function oneOf(column: AnyPgColumn, words: readonly string[]): SQL {
  return sql`${column} in (${sql.raw(words.map((word) => `'${word}'`).join(', '))})`
}

/** The condition of a check constraint: every element of the array is one of these words. */
export function allOf(column: AnyPgColumn, words: readonly string[]): SQL {
  return sql`${column} <@ ${sql.raw(`array[${words.map((word) => `'${word}'`).join(', ')}]`)}`
}
