import { type SQL, sql } from 'drizzle-orm'
import type { OpenQuote } from '#packages/quotes/quote.ts'

/** A condition on `rides` joined with `routes`: the ride is not what it was when the quote was made. */
export function isOutdated({ departsAt, issuedAt }: OpenQuote): SQL {
  return sql`(rides.departs_at <> ${new Date(departsAt)}
    or coalesce(routes.updated_at, '-infinity') > ${new Date(issuedAt)})`
}

/** A condition on `routes`: the ride is for women, and this passenger's profile does not say that they are one. */
export function isForOthers({ passengerId }: OpenQuote): SQL {
  return sql`(routes.women_only and not exists (
    select 1 from users woman where woman.id = ${passengerId} and woman.gender = 'female'))`
}
