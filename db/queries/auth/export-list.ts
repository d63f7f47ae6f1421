import { type SQL, sql } from 'drizzle-orm'

/** An instant as it is written on the wire. */
export const at = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** A JSON object of columns: each key as it is called on the wire, each value as SQL. */
export const object = (fields: Record<string, string>): string =>
  `jsonb_build_object(${Object.entries(fields)
    .map(([name, value]) => `'${name}', ${value}`)
    .join(', ')})`

/** A JSON array of such objects, in an order. */
export const list = (
  fields: Record<string, string>,
  from: string,
  where: string,
  userId: string,
  order = 'id',
): SQL =>
  sql`(select coalesce(jsonb_agg(${sql.raw(object(fields))} order by ${sql.raw(order)}), '[]')
    from ${sql.raw(from)} where ${sql.raw(where)} = ${userId})`
