import { type SQL, sql } from 'drizzle-orm'

/** As what the subject of a review was rated: what its author was not. Of rows of `reviews` with this name. */
const ratedAs = (review: string): SQL =>
  sql`case ${sql.raw(review)}.side when 'driver' then 'passenger' else 'driver' end`

/**
 * A CTE body that adds the reviews of the CTE `source` to the totals of their subjects, to be used in the statement that
 * sets their `counted_at`. People are taken in the order of their ids, so that no two of these wait for each other.
 */
export function addToTotals(source: string): SQL {
  return sql`insert into rating_totals (user_id, side, stars, reviews)
    select more.subject_id, ${ratedAs('more')}, sum(more.stars), count(*) from ${sql.raw(source)} more
    group by 1, 2 order by 1, 2
    on conflict (user_id, side) do update set stars = rating_totals.stars + excluded.stars,
      reviews = rating_totals.reviews + excluded.reviews`
}

/** A CTE body that takes the review of the CTE `source`, of one row at most, off the total of its subject. */
export function takeOffTotal(source: string): SQL {
  return sql`update rating_totals set stars = rating_totals.stars - less.stars, reviews = rating_totals.reviews - 1
    from ${sql.raw(source)} less
    where rating_totals.user_id = less.subject_id and rating_totals.side = ${ratedAs('less')}`
}
